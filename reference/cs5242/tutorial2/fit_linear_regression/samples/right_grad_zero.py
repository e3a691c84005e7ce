# verdict: accepted
# about: the tutorial's loop with .grad.zero_() and .data, losses as tensors
import torch


def loss_fn(w, b, x, y_true):
    y = torch.sum(x * w, dim=1) + b
    return torch.nn.functional.mse_loss(y, y_true, reduction="sum")


def fit_linear_regression(x, y_true, lr, tol, max_steps):
    kw = dict(dtype=x.dtype, device=x.device)
    w = torch.normal(0.0, 3.0, (x.size(1),), **kw).requires_grad_()
    b = torch.normal(0.0, 3.0, (1,), **kw).requires_grad_()
    history = []
    for _ in range(max_steps):
        loss = loss_fn(w, b, x, y_true)
        history.append(loss.detach())
        if loss.item() < tol:
            break
        loss.backward()
        w.data -= lr * w.grad
        b.data -= lr * b.grad
        w.grad.zero_()
        b.grad.zero_()
    return w.detach(), b.detach(), history
