"""The review pack: what an officer reads before signing, as a document and as data."""
