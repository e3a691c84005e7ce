# verdict: partial
# about: the gradients before the loss
import torch


def loss_gradients(w, b, x, y_true):
    w, b = w.detach().requires_grad_(), b.detach().requires_grad_()
    loss = ((x @ w + b - y_true) ** 2).sum()
    return *torch.autograd.grad(loss, (w, b)), loss.detach()
