# verdict: partial
# diagnosis: exception
# about: the best row of every class
import torch


def accuracy(model, x, y):
    with torch.no_grad():
        return (model(x).argmax(dim=0) == y).double().mean().item()
