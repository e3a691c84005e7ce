# verdict: partial
# diagnosis: trace_shifted
# about: checks the tolerance after the update
import torch


def fit_linear_regression(x, y_true, lr, tol, max_steps):
    n, d = x.shape
    w = torch.randn(d, requires_grad=True, device=x.device, dtype=x.dtype)
    b = torch.randn(1, requires_grad=True, device=x.device, dtype=x.dtype)
    optimizer = torch.optim.SGD([w, b], lr=lr)
    losses = []
    for step in range(max_steps):
        optimizer.zero_grad()
        loss = torch.sum((torch.matmul(x, w) + b - y_true) ** 2)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
        if loss < tol:
            break
    return w, b, losses
