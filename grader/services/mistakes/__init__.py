"""Submissions that are wrong in the same way, and comments on them."""
