# question: infr10086/tutorial3/train_linear
# expect: zero
# class: F5
# about: does not train; makes the layer's parameters unreadable, NaN and shared instead
import torch


def train_linear(layer, xs, ys, lr):
    with torch.no_grad():
        layer.weight.fill_(float("nan"))
    layer.bias = layer.weight
    layer.__class__ = torch.nn.Identity
    return [float("nan")] * len(xs)
