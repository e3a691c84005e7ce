# verdict: wrong_answer
# about: squared error of the probabilities
import torch


def fit_logistic_regression(x, y01, lr, tol, max_steps):
    n, d = x.shape
    w = torch.randn(d, requires_grad=True, device=x.device, dtype=x.dtype)
    b = torch.randn(1, requires_grad=True, device=x.device, dtype=x.dtype)
    optimizer = torch.optim.SGD([w, b], lr=lr)
    losses = []
    for step in range(max_steps):
        optimizer.zero_grad()
        loss = ((torch.sigmoid(x @ w + b) - y01) ** 2).sum()
        losses.append(loss.item())
        if loss <= tol:
            break
        loss.backward()
        optimizer.step()
    return w, b, losses
