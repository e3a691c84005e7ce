# verdict: accepted
# about: the losses as 0-dimensional tensors
import torch
import torch.nn.functional as F


def train_linear(layer, xs, ys, lr):
    opt = torch.optim.SGD(layer.parameters(), lr=lr)
    losses = []
    for x, y in zip(xs, ys):
        opt.zero_grad()
        loss = F.cross_entropy(layer(x), y)
        loss.backward()
        opt.step()
        losses.append(loss)
    return losses
