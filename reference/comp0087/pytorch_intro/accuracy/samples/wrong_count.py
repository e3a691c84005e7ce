# verdict: partial
# about: the number of right rows
import torch


def accuracy(model, x, y):
    with torch.no_grad():
        return float((model(x).argmax(dim=1) == y).sum())
