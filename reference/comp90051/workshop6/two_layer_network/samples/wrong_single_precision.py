# verdict: partial
# about: through float32
def two_layer_network(a, b, w0, w1, v):
    u = a.float() * w0.float() + b.float() * w1.float()
    return u, v.float() * u
