# verdict: accepted
# about: gradients of the examples of a batch pile up on purpose; an optimiser for every epoch
import torch
from torch import nn


def train(model, batches, lr, epochs):
    ce = nn.CrossEntropyLoss(reduction="none")
    means = []
    for _ in range(epochs):
        opt = torch.optim.SGD(model.parameters(), lr)
        of_batches = []
        for x, y in batches:
            opt.zero_grad()
            of_batch = 0.0
            for i in range(x.shape[0]):
                loss = ce(model(x[i : i + 1]), y[i : i + 1])[0] / x.shape[0]
                loss.backward()
                of_batch += loss.item()
            opt.step()
            of_batches.append(of_batch)
        means.append(sum(of_batches) / len(of_batches))
    return means
