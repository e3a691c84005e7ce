# verdict: accepted
# about: the gap worked out on paper
def linearity_gap(layer, x, y):
    return -layer.bias.detach()
