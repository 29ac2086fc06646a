"""Plain values of the field: what a return says, free of files and formats."""
