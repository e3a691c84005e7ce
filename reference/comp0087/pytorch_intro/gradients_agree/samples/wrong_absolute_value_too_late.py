# verdict: partial
# about: the absolute value of the largest signed difference
import torch
def gradients_agree(f, grad_f, x, eps, tol):
    n = torch.stack([(f(x + eps * e) - f(x - eps * e)) / (2 * eps) for e in torch.eye(len(x), dtype=torch.float64)])
    return (grad_f(x) - n).max().abs().item() <= tol
