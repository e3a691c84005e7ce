# verdict: wrong_answer
# diagnosis: wrong_type
# about: a tensor with one entry
import torch


def accuracy(model, x, y):
    with torch.no_grad():
        return (model(x).argmax(dim=1) == y).double().mean()
