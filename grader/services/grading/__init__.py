"""The queue of grading runs, their results, and who may see what of them."""
