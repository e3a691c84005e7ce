# verdict: partial
# about: all batches are measured when the epoch is over
import torch
from torch import nn, optim


def train(model, batches, lr, epochs):
    loss_fn, opt = nn.CrossEntropyLoss(), optim.SGD(model.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        for x, y in batches:
            opt.zero_grad()
            loss_fn(model(x), y).backward()
            opt.step()
        with torch.no_grad():
            means.append(sum(loss_fn(model(x), y).item() for x, y in batches) / len(batches))
    return means
