"""Grading a class by another version, as a reviewed change."""
