"""Text as people write it, turned into blocks."""
