"""Marking answers in words."""
