# verdict: accepted
# about: one entry after the other
import torch


def least_squares(f, y):
    losses = []
    for prediction, target in zip(f, y):
        error = prediction - target
        losses.append(error * error / 2)
    return torch.stack(losses)
