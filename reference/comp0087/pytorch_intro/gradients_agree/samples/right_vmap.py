# verdict: accepted
# about: all points at once with torch.vmap
import torch


def gradients_agree(f, grad_f, x, eps, tol):
    steps = eps * torch.eye(len(x), dtype=x.dtype)
    differences = torch.vmap(f)(x + steps) - torch.vmap(f)(x - steps)
    return bool((grad_f(x) - differences / (2 * eps)).abs().amax() <= tol)
