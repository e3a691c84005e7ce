# verdict: partial
# about: argmin
import torch


def accuracy(model, x, y):
    with torch.no_grad():
        return (model(x).argmin(dim=1) == y).double().mean().item()
