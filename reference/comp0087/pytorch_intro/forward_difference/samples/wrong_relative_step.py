# verdict: partial
# about: scales the step by the size of the entry
import torch


def forward_difference(f, x, eps):
    g = torch.zeros_like(x)
    for i in range(len(x)):
        h = eps * max(1.0, abs(x[i].item()))
        e = torch.zeros_like(x)
        e[i] = h
        g[i] = (f(x + e) - f(x)) / h
    return g
