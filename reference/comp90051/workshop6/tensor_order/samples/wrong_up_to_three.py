# verdict: partial
# diagnosis: wrong_value
# about: the last column of the slide says 3+
def tensor_order(x):
    return min(x.dim(), 3)
