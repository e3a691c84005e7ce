# verdict: partial
# diagnosis: wrong_value
# about: leaves dimensions of length 1 out
def tensor_order(x):
    return x.squeeze().dim()
