# verdict: partial
# about: trains copies and returns the start
import torch


def fit_logistic_regression(x, y01, lr, tol, max_steps):
    n, d = x.shape
    w = torch.randn(d, requires_grad=True, device=x.device, dtype=x.dtype)
    b = torch.randn(1, requires_grad=True, device=x.device, dtype=x.dtype)
    v, c = (p.detach().clone().requires_grad_() for p in (w, b))
    optimizer = torch.optim.SGD([v, c], lr=lr)
    losses = []
    for step in range(max_steps):
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ v + c, y01, reduction="sum")
        losses.append(loss.item())
        if loss <= tol:
            break
        loss.backward()
        optimizer.step()
    return w, b, losses
