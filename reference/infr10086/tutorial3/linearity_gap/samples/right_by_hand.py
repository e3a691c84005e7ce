# verdict: accepted
# about: weight and bias by hand, without a graph
import torch


@torch.no_grad()
def linearity_gap(layer, x, y):
    def f(v):
        return layer.weight @ v + layer.bias

    return f(x + y) - (f(x) + f(y))
