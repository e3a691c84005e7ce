"""What counts, and what people decide about it."""
