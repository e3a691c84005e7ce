# verdict: wrong_answer
# diagnosis: wrong_shape
# about: a batch of one
def linearity_gap(layer, x, y):
    x, y = x[None, :], y[None, :]
    return layer(x + y) - layer(x) - layer(y)
