# verdict: accepted
# about: allclose without its relative tolerance
import torch


def gradients_agree(f, grad_f, x, eps, tol):
    numeric = torch.zeros_like(x)
    for i in range(x.numel()):
        e = torch.zeros_like(x)
        e[i] = eps
        numeric[i] = (f(x + e) - f(x - e)) / (2 * eps)
    return torch.allclose(grad_f(x), numeric, rtol=0.0, atol=tol)
