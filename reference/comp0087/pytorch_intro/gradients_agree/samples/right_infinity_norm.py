# verdict: accepted
# about: the maximum norm, in place on a copy
import torch


def gradients_agree(f, grad_f, x, eps, tol):
    p = x.detach().clone()
    g = []
    for i in range(len(p)):
        old = p[i].item()
        p[i] = old + eps
        hi = f(p)
        p[i] = old - eps
        lo = f(p)
        p[i] = old
        g.append((hi - lo) / (2 * eps))
    return bool(torch.linalg.vector_norm(torch.stack(g) - grad_f(x), ord=float("inf")) <= tol)
