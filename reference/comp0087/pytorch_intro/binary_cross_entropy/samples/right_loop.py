# verdict: accepted
# about: one entry after the other, with an if
import torch


def binary_cross_entropy(f, y):
    losses = []
    for probability, label in zip(f, y):
        if label == 1:
            losses.append(-torch.log(probability))
        else:
            losses.append(-torch.log1p(-probability))
    return torch.stack(losses)
