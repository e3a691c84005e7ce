# verdict: accepted
# about: all points at once with torch.vmap
import torch


def forward_difference(f, x, eps):
    points = x + eps * torch.eye(len(x), dtype=x.dtype)
    return (torch.vmap(f)(points) - f(x)) / eps
