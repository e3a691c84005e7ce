# verdict: partial
# diagnosis: missing_gradient
# about: u is cut off before it is used
def two_layer_network(a, b, w0, w1, v):
    u = (a * w0 + b * w1).detach()
    return u, v * u
