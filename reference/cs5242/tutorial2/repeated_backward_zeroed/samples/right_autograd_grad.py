# verdict: accepted
# about: autograd.grad, which accumulates nothing, stacked
import torch


def repeated_backward_zeroed(w, b, x, y_true, k):
    losses, grads = [], []
    for _ in range(k):
        loss = sum((row @ w + b[0] - target) ** 2 for row, target in zip(x, y_true, strict=True))
        grads.append(torch.autograd.grad(loss, w)[0])
        losses.append(loss.item())
    return torch.tensor(losses, dtype=x.dtype), torch.stack(grads)
