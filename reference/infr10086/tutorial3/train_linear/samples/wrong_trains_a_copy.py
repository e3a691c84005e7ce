# verdict: partial
# diagnosis: state_not_changed
# about: the losses are right, but the layer handed in stays as it was
import copy

from torch import nn, optim


def train_linear(layer, xs, ys, lr):
    layer = copy.deepcopy(layer)
    ce = nn.CrossEntropyLoss()
    opt = optim.SGD(layer.parameters(), lr=lr)
    losses = []
    for x, y in zip(xs, ys):
        opt.zero_grad()
        loss = ce(layer(x), y)
        losses.append(loss.item())
        loss.backward()
        opt.step()
    return losses
