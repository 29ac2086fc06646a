"""The review as one page for a browser: the documents' text with every number marked."""
