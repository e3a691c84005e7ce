# verdict: accepted
# about: probabilities and gradients by hand, the logarithms as they stand
import torch


@torch.no_grad()
def fit_logistic_regression(x, y01, lr, tol, max_steps):
    w = torch.rand(x.shape[1], dtype=x.dtype, device=x.device) - 0.5
    b = torch.rand(1, dtype=x.dtype, device=x.device) - 0.5
    losses = []
    while len(losses) < max_steps:
        p = torch.sigmoid(x @ w + b)
        losses.append(-(y01 * torch.log(p) + (1 - y01) * torch.log(1 - p)).sum().item())
        if losses[-1] <= tol:
            break
        w = w - lr * (p - y01) @ x
        b = b - lr * (p - y01).sum()
    return w, b, losses
