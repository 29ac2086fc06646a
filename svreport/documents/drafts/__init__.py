"""Drafts that came back: what they change in the return."""
