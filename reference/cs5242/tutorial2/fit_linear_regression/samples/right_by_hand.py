# verdict: accepted
# about: the gradient worked out on paper, no last update, uniform start
import torch


def fit_linear_regression(x, y_true, lr, tol, max_steps):
    w = (2 * torch.rand(x.shape[1]) - 1).to(x)
    b = (2 * torch.rand(1) - 1).to(x)
    losses = []
    while True:
        r = x @ w + b - y_true
        losses.append(float((r * r).sum()))
        if losses[-1] < tol or len(losses) == max_steps:
            break
        w = w - lr * 2 * (x.T @ r)
        b = b - lr * 2 * r.sum()
    return w, b, losses
