# verdict: wrong_answer
# diagnosis: sign
# about: f(x) + f(y) - f(x + y)
def linearity_gap(layer, x, y):
    return layer(x) + layer(y) - layer(x + y)
