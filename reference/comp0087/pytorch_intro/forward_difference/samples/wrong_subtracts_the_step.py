# verdict: partial
# diagnosis: input_changed
# about: adds the step to the caller's x and subtracts it again, which rounds
import torch


def forward_difference(f, x, eps):
    fx = f(x)
    g = torch.zeros_like(x)
    for i in range(len(x)):
        x[i] += eps
        g[i] = (f(x) - fx) / eps
        x[i] -= eps
    return g
