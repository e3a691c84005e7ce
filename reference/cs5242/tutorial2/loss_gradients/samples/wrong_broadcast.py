# verdict: partial
# about: a column of predictions against a vector of targets
import torch


def loss_gradients(w, b, x, y_true):
    w, b = w.detach().requires_grad_(), b.detach().requires_grad_()
    loss = ((x @ w[:, None] + b - y_true) ** 2).sum()
    return loss.detach(), *torch.autograd.grad(loss, (w, b))
