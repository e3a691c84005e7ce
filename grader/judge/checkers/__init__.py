"""What the functions of a question's `check.py` may build on: each returns a Fail, or None when the answer is right."""
