# verdict: partial
# about: zeroes the parameters in place of their gradients
import torch


def repeated_backward_zeroed(w, b, x, y_true, k):
    losses, grads = [], []
    for _ in range(k):
        loss = ((x @ w + b - y_true) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.clone())
        with torch.no_grad():
            w.zero_()
            b.zero_()
    return losses, grads
