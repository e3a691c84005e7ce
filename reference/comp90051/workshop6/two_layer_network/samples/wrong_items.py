# verdict: wrong_answer
# diagnosis: wrong_type
# about: Python numbers
def two_layer_network(a, b, w0, w1, v):
    u = a.item() * w0.item() + b.item() * w1.item()
    return u, v.item() * u
