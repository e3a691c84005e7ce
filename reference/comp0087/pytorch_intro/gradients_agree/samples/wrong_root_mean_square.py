# verdict: partial
# about: the root of the mean squared difference
import torch
def gradients_agree(f, grad_f, x, eps, tol):
    n = torch.stack([(f(x + eps * e) - f(x - eps * e)) / (2 * eps) for e in torch.eye(len(x), dtype=torch.float64)])
    return (n - grad_f(x)).pow(2).mean().sqrt().item() <= tol
