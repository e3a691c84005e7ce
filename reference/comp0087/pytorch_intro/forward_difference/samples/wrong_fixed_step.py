# verdict: wrong_answer
# about: a step of its own
import torch


def forward_difference(f, x, eps):
    eps = 1e-6
    g = torch.zeros_like(x)
    for i in range(len(x)):
        y = x.clone()
        y[i] += eps
        g[i] = (f(y) - f(x)) / eps
    return g
