# verdict: partial
# diagnosis: trace_shifted
# about: measures after the step; the training itself is right
import torch
from torch import nn, optim


def train_linear(layer, xs, ys, lr):
    ce = nn.CrossEntropyLoss()
    opt = optim.SGD(layer.parameters(), lr=lr)
    losses = []
    for x, y in zip(xs, ys):
        opt.zero_grad()
        ce(layer(x), y).backward()
        opt.step()
        with torch.no_grad():
            losses.append(ce(layer(x), y).item())
    return losses
