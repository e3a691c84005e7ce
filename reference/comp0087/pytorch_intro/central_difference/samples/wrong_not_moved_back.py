# verdict: partial
# about: one copy for all entries that is never put back
import torch


def central_difference(f, x, eps):
    up, down = x.clone(), x.clone()
    g = torch.zeros_like(x)
    for i in range(len(x)):
        up[i] += eps
        down[i] -= eps
        g[i] = (f(up) - f(down)) / (2 * eps)
    return g
