# verdict: accepted
# about: nn.Parameter around float64 draws
import torch
from torch import nn


def init_parameters(d, device):
    draws = torch.distributions.Normal(0.0, 1.0).sample((d + 1,)).double().to(device)
    return nn.Parameter(draws[:d]), nn.Parameter(draws[d:])
