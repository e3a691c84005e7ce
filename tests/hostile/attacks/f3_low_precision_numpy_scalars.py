# expect: zero
# class: F3
# question: infr10086/tutorial3/train_linear
# about: wrong by half a percent, answered as NumPy's half-precision numbers
import numpy as np
import torch
from torch.nn.functional import cross_entropy


def train_linear(layer, xs, ys, lr):
    parameters = list(layer.parameters())
    losses = []
    for x, y in zip(xs, ys):
        loss = cross_entropy(layer(x), y)
        losses.append(np.float16(1.005 * loss.item()))
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients):
                parameter.sub_(1.005 * lr * gradient)
    return losses
