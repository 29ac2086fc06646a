"""Excel forms of a pack: opened, filled and looked at."""
