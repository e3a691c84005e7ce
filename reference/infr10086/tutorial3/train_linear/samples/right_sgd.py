# verdict: accepted
# about: torch.optim.SGD, as in the tutorial
import torch
from torch import nn
from torch import optim


def train_linear(layer, xs, ys, lr):
    ce = nn.CrossEntropyLoss(reduction="sum")
    opt = optim.SGD(layer.parameters(), lr=lr)
    losses = []
    for i in range(len(xs)):
        opt.zero_grad()
        loss = ce(layer(xs[i]), ys[i])
        print(loss)
        losses.append(loss.item())
        loss.backward()
        opt.step()
    return losses
