# verdict: partial
# diagnosis: wrong_shape
# about: a dimension of size one is left
import torch


def two_layer_network(a, b, w0, w1, v):
    u = (a * w0 + b * w1).reshape(1)
    return u, v * u
