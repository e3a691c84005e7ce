# verdict: partial
# about: a positive score of the right class is enough
import torch


def accuracy(model, x, y):
    with torch.no_grad():
        scores = model(x)[torch.arange(len(y)), y]
    return (scores > 0).double().mean().item()
