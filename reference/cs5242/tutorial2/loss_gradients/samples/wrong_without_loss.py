# verdict: partial
# diagnosis: wrong_length
# about: the gradients alone
import torch


def loss_gradients(w, b, x, y_true):
    w, b = w.detach().requires_grad_(), b.detach().requires_grad_()
    return torch.autograd.grad(((x @ w + b - y_true) ** 2).sum(), (w, b))
