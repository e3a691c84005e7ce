# verdict: partial
# about: the difference relative to the sizes of both
import torch


def gradients_agree(f, grad_f, x, eps, tol):
    steps = eps * torch.eye(len(x), dtype=x.dtype)
    numeric = torch.stack([(f(x + e) - f(x - e)) / (2 * eps) for e in steps])
    claimed = grad_f(x)
    relative = (claimed - numeric).abs() / (claimed.abs() + numeric.abs()).clamp(min=1e-12)
    return relative.max().item() <= tol
