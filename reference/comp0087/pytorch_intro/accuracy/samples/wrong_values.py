# verdict: partial
# about: compares the highest scores themselves with the labels
import torch


def accuracy(model, x, y):
    with torch.no_grad():
        best, _ = torch.max(model(x), dim=1)
    return (best == y).double().mean().item()
