# verdict: partial
# diagnosis: wrong_type
# about: trains rightly and returns the layer
from torch import nn, optim


def train_linear(layer, xs, ys, lr):
    ce = nn.CrossEntropyLoss()
    opt = optim.SGD(layer.parameters(), lr=lr)
    for x, y in zip(xs, ys):
        opt.zero_grad()
        ce(layer(x), y).backward()
        opt.step()
    return layer
