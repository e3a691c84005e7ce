# verdict: partial
# about: takes a step after every pass
import torch


def repeated_backward(w, b, x, y_true, k):
    losses, grads = [], []
    for _ in range(k):
        loss = ((x @ w + b - y_true) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.clone())
        with torch.no_grad():
            w -= 0.01 * w.grad
            b -= 0.01 * b.grad
    return losses, grads
