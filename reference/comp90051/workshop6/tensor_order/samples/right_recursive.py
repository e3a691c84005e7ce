# verdict: accepted
# about: one more than the order of the first part
def tensor_order(x):
    if x.shape == ():
        return 0
    return 1 + tensor_order(x[0])
