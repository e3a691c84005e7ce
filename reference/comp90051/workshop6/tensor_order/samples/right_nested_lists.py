# verdict: accepted
# about: how deep the lists are nested
def tensor_order(x):
    order, x = 0, x.tolist()
    while isinstance(x, list):
        order, x = order + 1, x[0]
    return order
