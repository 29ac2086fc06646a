"""What reaches a shared folder."""
