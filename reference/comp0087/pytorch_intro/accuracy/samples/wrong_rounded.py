# verdict: partial
# about: rounds to two digits
import torch


def accuracy(model, x, y):
    with torch.no_grad():
        right = (model(x).argmax(dim=1) == y).sum().item()
    return round(right / len(y), 2)
