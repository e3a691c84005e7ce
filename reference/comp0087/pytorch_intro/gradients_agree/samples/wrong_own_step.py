# verdict: partial
# about: takes a step of its own
import torch


def gradients_agree(f, grad_f, x, eps, tol):
    h = 1e-5
    steps = h * torch.eye(len(x), dtype=x.dtype)
    numeric = torch.stack([(f(x + e) - f(x - e)) / (2 * h) for e in steps])
    return (grad_f(x) - numeric).abs().max().item() <= max(tol, 1e-6)
