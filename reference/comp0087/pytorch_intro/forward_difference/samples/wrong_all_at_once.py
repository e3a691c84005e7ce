# verdict: partial
# about: adds the step to the whole vector
import torch


def forward_difference(f, x, eps):
    slope = (f(x + eps) - f(x)) / eps
    return torch.full_like(x, slope.item())
