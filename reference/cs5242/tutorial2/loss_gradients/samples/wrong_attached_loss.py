# verdict: partial
# diagnosis: still_attached
# about: the loss keeps its graph
import torch


def loss_gradients(w, b, x, y_true):
    w, b = w.detach().requires_grad_(), b.detach().requires_grad_()
    loss = ((x @ w + b - y_true) ** 2).sum()
    return loss, *torch.autograd.grad(loss, (w, b))
