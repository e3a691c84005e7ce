# verdict: partial
# diagnosis: mean_for_sum
# about: one step with the mean gradient of all samples (right for a single sample only)
from torch import nn, optim


def train_linear(layer, xs, ys, lr):
    ce = nn.CrossEntropyLoss(reduction="none")
    opt = optim.SGD(layer.parameters(), lr=lr)
    opt.zero_grad()
    losses = ce(layer(xs), ys)
    losses.mean().backward()
    opt.step()
    return losses.tolist()
