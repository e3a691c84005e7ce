# verdict: partial
# diagnosis: wrong_value
# about: counts the entries of a vector, and one for each nonzero length
def tensor_order(x):
    return sum(1 for length in x.shape if length > 1)
