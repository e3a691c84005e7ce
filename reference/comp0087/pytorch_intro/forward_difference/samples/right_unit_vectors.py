# verdict: accepted
# about: rows of a scaled identity matrix, f(x) computed again each time
import torch


def forward_difference(f, x, eps):
    steps = eps * torch.eye(x.numel(), dtype=x.dtype)
    return torch.stack([(f(x + step) - f(x)) / eps for step in steps])
