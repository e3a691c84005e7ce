# verdict: accepted
# about: y on the diagonal of a matrix between the two variables
import torch


def weighted_dot(x, y, z):
    return x @ torch.diag(y) @ z
