# verdict: partial
# diagnosis: detached
# about: a list of Python floats has no gradient
def least_squares(f, y):
    return [(a - b) ** 2 / 2 for a, b in zip(f.tolist(), y.tolist())]
