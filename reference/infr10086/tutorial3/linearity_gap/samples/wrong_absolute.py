# verdict: wrong_answer
# about: absolute values so the sign is lost
def linearity_gap(layer, x, y):
    return (layer(x + y) - layer(x) - layer(y)).abs()
