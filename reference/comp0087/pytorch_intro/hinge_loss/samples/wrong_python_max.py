# verdict: partial
# diagnosis: exception
# about: Python's max of a number and a vector (works for one entry)
def hinge_loss(f, y):
    return max(0, 1 - y * f)
