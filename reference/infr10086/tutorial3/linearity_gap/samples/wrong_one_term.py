# verdict: wrong_answer
# about: forgets f(y)
def linearity_gap(layer, x, y):
    return layer(x + y) - layer(x)
