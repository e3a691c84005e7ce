# verdict: partial
# about: looks at the first entry only
import torch


def gradients_agree(f, grad_f, x, eps, tol):
    e = torch.zeros_like(x)
    e[0] = eps
    numeric = (f(x + e) - f(x - e)) / (2 * eps)
    return bool(abs(grad_f(x)[0] - numeric) <= tol)
