# verdict: partial
# about: allclose with its own relative tolerance
import torch


def gradients_agree(f, grad_f, x, eps, tol):
    steps = eps * torch.eye(len(x), dtype=x.dtype)
    numeric = torch.stack([(f(x + e) - f(x - e)) / (2 * eps) for e in steps])
    return torch.allclose(grad_f(x), numeric, atol=tol)
