# verdict: partial
# about: computes in float32, and large parts cancel
def linearity_gap(layer, x, y):
    W, b = layer.weight.float(), layer.bias.float()
    a, c = x.float(), y.float()
    gap = (W @ (a + c) + b) - (W @ a + b) - (W @ c + b)
    return gap.to(x.dtype)
