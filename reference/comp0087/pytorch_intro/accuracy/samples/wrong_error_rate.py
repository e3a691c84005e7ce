# verdict: wrong_answer
# about: the fraction of wrong rows
import torch


def accuracy(model, x, y):
    with torch.no_grad():
        return (model(x).argmax(dim=1) != y).double().mean().item()
