# verdict: accepted
# about: the losses as 0-dimensional tensors
import torch
import torch.nn.functional as F


def train(model, batches, lr, epochs):
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        total = 0
        for x, y in batches:
            opt.zero_grad()
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            opt.step()
            total += loss
        means.append(total / len(batches))
    return means
