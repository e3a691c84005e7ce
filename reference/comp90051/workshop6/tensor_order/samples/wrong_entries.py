# verdict: partial
# diagnosis: wrong_value
# about: counts the entries
def tensor_order(x):
    return x.numel()
