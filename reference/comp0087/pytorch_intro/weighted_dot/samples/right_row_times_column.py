# verdict: accepted
# about: a row times a column, the (1, 1) result reshaped
import torch


def weighted_dot(x, y, z):
    row = torch.mul(x, y).unsqueeze(0)
    return torch.mm(row, z.unsqueeze(1)).reshape(())
