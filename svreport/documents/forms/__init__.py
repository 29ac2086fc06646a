"""Excel forms of a pack, filled with a return."""
