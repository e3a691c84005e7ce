# verdict: partial
# about: in per cent
import torch


def accuracy(model, x, y):
    with torch.no_grad():
        return 100.0 * (model(x).argmax(dim=1) == y).double().mean().item()
