"""The return as a dashboard for a governance board."""
