# verdict: accepted
# about: rows of a scaled identity matrix
import torch


def central_difference(f, x, eps):
    steps = eps * torch.eye(x.numel(), dtype=x.dtype)
    return torch.stack([(f(x + step) - f(x - step)) / (2 * eps) for step in steps])
