# verdict: wrong_answer
# about: the two-sided quotient
import torch


def forward_difference(f, x, eps):
    g = torch.zeros_like(x)
    for i in range(len(x)):
        e = torch.zeros_like(x)
        e[i] = eps
        g[i] = (f(x + e) - f(x - e)) / (2 * eps)
    return g
