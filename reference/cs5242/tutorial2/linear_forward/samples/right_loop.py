# verdict: accepted
# about: one dot product after the other
import torch


def linear_forward(x, w, b):
    return torch.stack([torch.dot(row, w) + b[0] for row in x])
