# verdict: wrong_answer
# diagnosis: wrong_value
# about: a minus in front of brackets
def linearity_gap(layer, x, y):
    return layer(x + y) - (layer(x) - layer(y))
