# verdict: partial
# about: compares (n, 1) with (n,)
import torch


def accuracy(model, x, y):
    with torch.no_grad():
        best = model(x).argmax(dim=1, keepdim=True)
    return (best == y).double().mean().item()
