"""Who did what, written down and read."""
