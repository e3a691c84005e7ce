# verdict: partial
# diagnosis: exception
# about: relies on the caller's flags
import torch


def loss_gradients(w, b, x, y_true):
    loss = ((x @ w + b - y_true) ** 2).sum()
    grad_w, grad_b = torch.autograd.grad(loss, (w, b))
    return loss.detach(), grad_w, grad_b
