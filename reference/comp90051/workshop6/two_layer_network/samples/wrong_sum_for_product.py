# verdict: wrong_answer
# diagnosis: wrong_value
# about: adds the weight of the second layer
def two_layer_network(a, b, w0, w1, v):
    u = a * w0 + b * w1
    return u, v + u
