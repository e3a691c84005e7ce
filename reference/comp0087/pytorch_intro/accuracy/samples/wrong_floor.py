# verdict: partial
# about: divides without a rest
import torch


def accuracy(model, x, y):
    with torch.no_grad():
        right = (model(x).argmax(dim=1) == y).sum().item()
    return float(right // len(y))
