"""Word forms that councils have sent, read into plain rows."""
