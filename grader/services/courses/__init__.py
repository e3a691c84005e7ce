"""Courses, their assignments, and when they are open for whom."""
