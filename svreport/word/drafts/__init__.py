"""Drafts of our own: their hidden bookmarks, and what is read of one that came back."""
