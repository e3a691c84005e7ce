# verdict: accepted
# about: all three inputs in one batch, combined by a product
import torch
import torch.nn.functional as F


def linearity_gap(layer, x, y):
    values = F.linear(torch.stack([x + y, x, y]), layer.weight, layer.bias)
    return torch.tensor([1, -1, -1], dtype=x.dtype) @ values
