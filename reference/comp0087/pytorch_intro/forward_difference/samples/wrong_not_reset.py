# verdict: partial
# about: one copy for all entries that is never put back
import torch


def forward_difference(f, x, eps):
    moved = x.clone()
    fx = f(x)
    g = torch.zeros_like(x)
    for i in range(len(x)):
        moved[i] += eps
        g[i] = (f(moved) - fx) / eps
    return g
