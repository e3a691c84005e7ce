# verdict: partial
# about: the samples from last to first (the same for a single one)
from torch import nn, optim


def train_linear(layer, xs, ys, lr):
    ce = nn.CrossEntropyLoss()
    opt = optim.SGD(layer.parameters(), lr=lr)
    losses = []
    for i in reversed(range(len(xs))):
        opt.zero_grad()
        loss = ce(layer(xs[i]), ys[i])
        losses.append(loss.item())
        loss.backward()
        opt.step()
    return losses
