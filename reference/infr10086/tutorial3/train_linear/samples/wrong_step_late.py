# verdict: wrong_answer
# about: steps with the gradient of the sample before
from torch import nn, optim


def train_linear(layer, xs, ys, lr):
    ce = nn.CrossEntropyLoss()
    opt = optim.SGD(layer.parameters(), lr=lr)
    losses = []
    for x, y in zip(xs, ys):
        loss = ce(layer(x), y)
        losses.append(loss.item())
        opt.step()
        opt.zero_grad()
        loss.backward()
    return losses
