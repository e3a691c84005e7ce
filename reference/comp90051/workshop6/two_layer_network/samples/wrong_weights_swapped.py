# verdict: partial
# about: each input meets the other's weight; right where the weights are equal
def two_layer_network(a, b, w0, w1, v):
    u = a * w1 + b * w0
    return u, v * u
