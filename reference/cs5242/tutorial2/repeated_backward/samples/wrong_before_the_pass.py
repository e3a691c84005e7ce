# verdict: partial
# diagnosis: trace_shifted
# about: takes the snapshot before backward
import torch


def repeated_backward(w, b, x, y_true, k):
    losses, grads = [], []
    for _ in range(k):
        loss = ((x @ w + b - y_true) ** 2).sum()
        losses.append(loss.item())
        grads.append(torch.zeros_like(w) if w.grad is None else w.grad.clone())
        loss.backward()
    return losses, grads
