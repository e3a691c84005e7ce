# verdict: partial
# diagnosis: mean_for_sum
# about: the mean squared error
import torch


def loss_gradients(w, b, x, y_true):
    w, b = w.detach().requires_grad_(), b.detach().requires_grad_()
    loss = ((x @ w + b - y_true) ** 2).mean()
    return loss.detach(), *torch.autograd.grad(loss, (w, b))
