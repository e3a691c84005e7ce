# verdict: wrong_answer
# about: divides by the step and not by the distance
import torch


def gradients_agree(f, grad_f, x, eps, tol):
    steps = eps * torch.eye(len(x), dtype=x.dtype)
    numeric = torch.stack([(f(x + e) - f(x - e)) / eps for e in steps])
    return (grad_f(x) - numeric).abs().max().item() <= tol
