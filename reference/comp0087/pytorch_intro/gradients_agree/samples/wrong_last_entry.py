# verdict: partial
# about: overwrites its answer in the loop, so that the last entry decides
import torch


def gradients_agree(f, grad_f, x, eps, tol):
    agree = True
    for i in range(len(x)):
        e = torch.zeros_like(x)
        e[i] = eps
        numeric = (f(x + e) - f(x - e)) / (2 * eps)
        agree = abs((grad_f(x)[i] - numeric).item()) <= tol
    return agree
