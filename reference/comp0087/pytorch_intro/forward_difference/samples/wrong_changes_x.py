# verdict: wrong_answer
# diagnosis: input_changed
# about: moves the caller's x and leaves it there
import torch


def forward_difference(f, x, eps):
    g = torch.zeros_like(x)
    for i in range(len(x)):
        before = f(x)
        x[i] += eps
        g[i] = (f(x) - before) / eps
    return g
