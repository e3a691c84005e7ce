# verdict: accepted
# about: the bias as the weight of a feature that is always one
import torch


def linear_forward(x, w, b):
    ones = torch.ones_like(x[:, :1])
    return torch.einsum("nd,d->n", torch.cat([x, ones], dim=1), torch.cat([w, b]))
