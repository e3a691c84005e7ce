# verdict: partial
# about: keeps a copy of the start and returns it
import torch


def fit_linear_regression(x, y_true, lr, tol, max_steps):
    n, d = x.shape
    w = torch.randn(d, requires_grad=True, device=x.device, dtype=x.dtype)
    b = torch.randn(1, requires_grad=True, device=x.device, dtype=x.dtype)
    optimizer = torch.optim.SGD([w, b], lr=lr)
    losses = []
    w0, b0 = w.detach().clone(), b.detach().clone()
    for step in range(max_steps):
        optimizer.zero_grad()
        loss = torch.sum((torch.matmul(x, w) + b - y_true) ** 2)
        losses.append(loss.item())
        if loss < tol:
            break
        loss.backward()
        optimizer.step()
    return w0, b0, losses
