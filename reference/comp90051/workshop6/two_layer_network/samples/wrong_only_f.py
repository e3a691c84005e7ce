# verdict: partial
# about: the output alone
def two_layer_network(a, b, w0, w1, v):
    return v * (a * w0 + b * w1)
