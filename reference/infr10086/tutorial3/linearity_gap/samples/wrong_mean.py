# verdict: wrong_answer
# diagnosis: wrong_axis
# about: the mean over the outputs
def linearity_gap(layer, x, y):
    return (layer(x + y) - layer(x) - layer(y)).mean()
