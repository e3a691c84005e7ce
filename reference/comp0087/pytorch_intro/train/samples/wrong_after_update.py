# verdict: partial
# diagnosis: trace_shifted
# about: each loss is taken after its step
import torch
from torch import nn, optim


def train(model, batches, lr, epochs):
    loss_fn, opt = nn.CrossEntropyLoss(), optim.SGD(model.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        total = 0
        for x, y in batches:
            opt.zero_grad()
            loss_fn(model(x), y).backward()
            opt.step()
            with torch.no_grad():
                total += loss_fn(model(x), y).item()
        means.append(total / len(batches))
    return means
