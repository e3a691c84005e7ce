# verdict: partial
# about: the length of the last dimension
def tensor_order(x):
    return x.shape[-1] if x.shape else 0
