# verdict: partial
# diagnosis: swapped
# about: f first
def two_layer_network(a, b, w0, w1, v):
    u = a * w0 + b * w1
    f = v * u
    return f, u
