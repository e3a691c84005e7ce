# verdict: partial
# diagnosis: repeated_draw
# about: starts at zero
import torch


def fit_linear_regression(x, y_true, lr, tol, max_steps):
    n, d = x.shape
    w = torch.zeros(d, requires_grad=True, device=x.device, dtype=x.dtype)
    b = torch.zeros(1, requires_grad=True, device=x.device, dtype=x.dtype)
    optimizer = torch.optim.SGD([w, b], lr=lr)
    losses = []
    for step in range(max_steps):
        optimizer.zero_grad()
        loss = torch.sum((torch.matmul(x, w) + b - y_true) ** 2)
        losses.append(loss.item())
        if loss < tol:
            break
        loss.backward()
        optimizer.step()
    return w, b, losses
