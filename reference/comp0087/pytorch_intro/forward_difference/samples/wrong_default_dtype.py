# verdict: wrong_answer
# diagnosis: wrong_dtype
# about: collects the quotients in a default tensor
import torch


def forward_difference(f, x, eps):
    out = torch.zeros(len(x))
    for i in range(len(x)):
        e = torch.zeros_like(x)
        e[i] = eps
        out[i] = (f(x + e) - f(x)) / eps
    return out
