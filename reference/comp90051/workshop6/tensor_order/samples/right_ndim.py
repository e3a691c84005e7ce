# verdict: accepted
# about: the attribute
def tensor_order(x):
    return x.ndim
