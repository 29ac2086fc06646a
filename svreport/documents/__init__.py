"""What each document says: the contexts that templates are filled with."""
