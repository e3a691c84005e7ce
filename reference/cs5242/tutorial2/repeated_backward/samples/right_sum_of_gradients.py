# verdict: accepted
# about: autograd.grad, added up by hand without touching the sums before
import torch


def repeated_backward(w, b, x, y_true, k):
    losses, grads = [], []
    total = torch.zeros_like(w)
    for _ in range(k):
        loss = torch.sum((torch.mv(x, w) + b - y_true) ** 2)
        total = total + torch.autograd.grad(loss, w)[0]
        losses.append(loss.item())
        grads.append(total)
    return (tuple(losses), tuple(grads))
