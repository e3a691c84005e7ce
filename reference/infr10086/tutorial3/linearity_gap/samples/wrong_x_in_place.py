# verdict: wrong_answer
# about: x is no longer x when it is needed again
def linearity_gap(layer, x, y):
    x += y
    return layer(x) - layer(x) - layer(y)
