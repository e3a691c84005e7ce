# verdict: partial
# about: the first layer already has the weight of the second
def two_layer_network(a, b, w0, w1, v):
    u = v * a * w0 + v * b * w1
    return u, v * u
