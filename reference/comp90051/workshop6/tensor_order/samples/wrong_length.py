# verdict: partial
# diagnosis: exception
# about: the length of the first dimension
def tensor_order(x):
    return len(x)
