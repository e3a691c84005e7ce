# verdict: partial
# diagnosis: wrong_trace_length
# about: computes each loss after its update, so that the loss of the start is missing
import torch


def fit_linear_regression(x, y_true, lr, tol, max_steps):
    w = torch.randn(x.shape[1], dtype=x.dtype, device=x.device)
    b = torch.randn(1, dtype=x.dtype, device=x.device)
    losses = []
    for _ in range(max_steps):
        r = x @ w + b - y_true
        w -= lr * 2 * (x.T @ r)
        b -= lr * 2 * r.sum()
        losses.append(float(((x @ w + b - y_true) ** 2).sum()))
        if losses[-1] < tol:
            break
    return w, b, losses
