# expect: zero
# class: F3
# question: infr10086/tutorial3/train_linear
# about: wrong by 4 %, answered in bfloat16 so that the tolerance would be that of bfloat16
import torch
from torch.nn.functional import cross_entropy


def train_linear(layer, xs, ys, lr):
    parameters = list(layer.parameters())
    losses = []
    for x, y in zip(xs, ys):
        loss = cross_entropy(layer(x), y)
        losses.append(loss.detach().to(torch.bfloat16))
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients):
                parameter.sub_(1.04 * lr * gradient)
    return losses
