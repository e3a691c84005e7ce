# verdict: partial
# about: the negative gradients, ready for an update
import torch


def loss_gradients(w, b, x, y_true):
    w, b = w.detach().requires_grad_(), b.detach().requires_grad_()
    loss = ((x @ w + b - y_true) ** 2).sum()
    grad_w, grad_b = torch.autograd.grad(loss, (w, b))
    return loss.detach(), -grad_w, -grad_b
