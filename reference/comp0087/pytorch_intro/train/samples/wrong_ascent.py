# verdict: wrong_answer
# diagnosis: sign
# about: uphill
import torch
from torch import nn


def train(model, batches, lr, epochs):
    loss_fn = nn.CrossEntropyLoss()
    means = []
    for _ in range(epochs):
        total = 0
        for x, y in batches:
            model.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            with torch.no_grad():
                for p in model.parameters():
                    p += lr * p.grad
            total += loss.item()
        means.append(total / len(batches))
    return means
