# verdict: partial
# diagnosis: accumulated_gradient
# about: gradients pile up (right for a single sample only)
from torch import nn, optim


def train_linear(layer, xs, ys, lr):
    ce = nn.CrossEntropyLoss()
    opt = optim.SGD(layer.parameters(), lr=lr)
    losses = []
    for x, y in zip(xs, ys):
        loss = ce(layer(x), y)
        losses.append(loss.item())
        loss.backward()
        opt.step()
    return losses
