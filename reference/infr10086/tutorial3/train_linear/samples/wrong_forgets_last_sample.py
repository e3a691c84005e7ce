# verdict: wrong_answer
# diagnosis: wrong_trace_length
# about: stops one sample early
from torch import nn, optim


def train_linear(layer, xs, ys, lr):
    ce = nn.CrossEntropyLoss()
    opt = optim.SGD(layer.parameters(), lr=lr)
    losses = []
    for i in range(len(xs) - 1):
        opt.zero_grad()
        loss = ce(layer(xs[i]), ys[i])
        losses.append(loss.item())
        loss.backward()
        opt.step()
    return losses
