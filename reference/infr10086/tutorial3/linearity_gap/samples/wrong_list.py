# verdict: wrong_answer
# diagnosis: wrong_type
# about: a list of numbers
def linearity_gap(layer, x, y):
    return (layer(x + y) - layer(x) - layer(y)).tolist()
