"""The deciding process: cases, the reference, the comparison and its explanation. Never runs a line of student code."""
