# verdict: partial
# diagnosis: wrong_value
# about: compares the sizes of the entries: one of the right size and the wrong sign passes
import torch


def gradients_agree(f, grad_f, x, eps, tol):
    steps = eps * torch.eye(len(x), dtype=x.dtype)
    quotients = torch.stack([(f(x + step) - f(x - step)) / (2 * eps) for step in steps])
    return bool((grad_f(x).abs() - quotients.abs()).abs().max() <= tol)
