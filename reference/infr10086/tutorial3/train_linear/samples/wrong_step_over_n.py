# verdict: partial
# about: each sample's gradient is divided by the number of samples
from torch import nn, optim


def train_linear(layer, xs, ys, lr):
    ce = nn.CrossEntropyLoss()
    opt = optim.SGD(layer.parameters(), lr=lr)
    losses = []
    for x, y in zip(xs, ys):
        opt.zero_grad()
        loss = ce(layer(x), y)
        losses.append(loss.item())
        (loss / len(xs)).backward()
        opt.step()
    return losses
