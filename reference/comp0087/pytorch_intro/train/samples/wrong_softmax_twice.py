# verdict: wrong_answer
# about: softmax before a loss that does its own
import torch
from torch import nn, optim


def train(model, batches, lr, epochs):
    loss_fn, opt = nn.CrossEntropyLoss(), optim.SGD(model.parameters(), lr=lr)
    means = []
    for _ in range(epochs):
        total = 0
        for x, y in batches:
            opt.zero_grad()
            loss = loss_fn(torch.softmax(model(x), dim=1), y)
            loss.backward()
            opt.step()
            total += loss.item()
        means.append(total / len(batches))
    return means
