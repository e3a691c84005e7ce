# verdict: wrong_answer
# diagnosis: wrong_shape
# about: the size of the gap instead of the gap
import torch


def linearity_gap(layer, x, y):
    return torch.linalg.norm(layer(x + y) - layer(x) - layer(y))
