# verdict: partial
# about: takes a step after every pass
import torch


def repeated_backward_zeroed(w, b, x, y_true, k):
    optimizer = torch.optim.SGD([w, b], lr=0.01)
    losses, grads = [], []
    for _ in range(k):
        loss = ((x @ w + b - y_true) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        grads.append(w.grad.clone())
        optimizer.step()
        optimizer.zero_grad()
    return losses, grads
