# verdict: partial
# diagnosis: input_changed
# about: sets the flags of the caller's parameters and leaves them set
import torch


def loss_gradients(w, b, x, y_true):
    w.requires_grad_()
    b.requires_grad_()
    loss = ((x @ w + b - y_true) ** 2).sum()
    return loss.detach(), *torch.autograd.grad(loss, (w, b))
