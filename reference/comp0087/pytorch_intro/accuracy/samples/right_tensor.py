# verdict: accepted
# about: the number as a 0-dimensional tensor
import torch


def accuracy(model, x, y):
    with torch.no_grad():
        return (model(x).argmax(dim=1) == y).double().mean()
