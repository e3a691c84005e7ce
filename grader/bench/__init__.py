"""Measures the grader against a cold container per submission and a bare fork of a warm process."""
