"""Template packs: which documents there are, and where their templates stand."""
