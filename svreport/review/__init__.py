"""What a finance officer checks before signing."""
