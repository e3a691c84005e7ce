# verdict: wrong_answer
# about: forward difference
import torch


def central_difference(f, x, eps):
    g = torch.zeros_like(x)
    for i in range(len(x)):
        e = torch.zeros_like(x)
        e[i] = eps
        g[i] = (f(x + e) - f(x)) / eps
    return g
