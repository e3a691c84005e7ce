# verdict: accepted
# about: changes a copy in place
import torch


def sgn(s):
    return torch.where(s >= 0, torch.ones_like(s), -torch.ones_like(s))


def perceptron_step(w, x, y, eta):
    new = w.clone()
    if sgn(torch.sum(w * x)).item() != y:
        new.add_(x, alpha=eta * y)
    return new
