"""How alike submissions are."""
