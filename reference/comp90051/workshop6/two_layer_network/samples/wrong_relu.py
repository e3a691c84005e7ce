# verdict: partial
# diagnosis: wrong_value
# about: a hidden unit with a ReLU, which nobody asked for
import torch


def two_layer_network(a, b, w0, w1, v):
    u = torch.relu(a * w0 + b * w1)
    return u, v * u
