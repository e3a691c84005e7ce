# verdict: accepted
# about: an optimiser that drops the gradients, so that each pass makes a new tensor
import torch


def repeated_backward_zeroed(w, b, x, y_true, k):
    optimizer = torch.optim.SGD([w, b], lr=0.1)
    losses, grads = [], []
    for _ in range(k):
        loss = torch.nn.functional.mse_loss(x @ w + b, y_true, reduction="sum")
        loss.backward()
        losses.append(loss.detach())
        grads.append(w.grad)
        optimizer.zero_grad()
    return losses, grads
