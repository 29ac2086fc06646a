"""Charts, data tables and pictures of a return's exhibits, and the words that stand for them."""
