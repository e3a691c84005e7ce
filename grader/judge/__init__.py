"""The deciding process: cases, the reference, the comparison and its explanation. Never holds a line of student code."""
