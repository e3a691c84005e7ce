# verdict: wrong_answer
# about: zeroes, steps, then computes the gradient: nothing is ever learnt
from torch import nn, optim


def train_linear(layer, xs, ys, lr):
    ce = nn.CrossEntropyLoss()
    opt = optim.SGD(layer.parameters(), lr=lr)
    losses = []
    for x, y in zip(xs, ys):
        opt.zero_grad()
        loss = ce(layer(x), y)
        losses.append(loss.item())
        opt.step()
        loss.backward()
    return losses
