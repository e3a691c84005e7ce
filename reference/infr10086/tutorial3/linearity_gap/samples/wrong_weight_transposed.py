# verdict: partial
# diagnosis: exception
# about: multiplies from the other side (which the gap does not show where the weight is square)
def linearity_gap(layer, x, y):
    def f(v):
        return v @ layer.weight + layer.bias

    return f(x + y) - f(x) - f(y)
