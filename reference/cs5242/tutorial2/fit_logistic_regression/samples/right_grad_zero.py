# verdict: accepted
# about: the loop of the tutorial, with gradients set to zero by hand and binary_cross_entropy
import torch
from torch.nn.functional import binary_cross_entropy


def fit_logistic_regression(x, y01, lr, tol, max_steps):
    w = torch.randn(x.size(1), dtype=x.dtype).to(x.device).requires_grad_()
    b = torch.randn(1, dtype=x.dtype).to(x.device).requires_grad_()
    losses = []
    k = 0
    loss = binary_cross_entropy(torch.sigmoid(x @ w + b), y01, reduction="sum")
    while True:
        losses.append(float(loss))
        k += 1
        if loss.item() <= tol or k == max_steps:
            return [w, b, losses]
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
        w.grad.zero_()
        b.grad.zero_()
        loss = binary_cross_entropy(torch.sigmoid(x @ w + b), y01, reduction="sum")
