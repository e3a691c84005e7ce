# verdict: accepted
# about: uses the caller's parameters, and puts their flags back
import torch


def loss_gradients(w, b, x, y_true):
    before = w.requires_grad, b.requires_grad
    w.requires_grad_(True)
    b.requires_grad_(True)
    loss = torch.nn.functional.mse_loss(x @ w + b, y_true, reduction="sum")
    grads = torch.autograd.grad(loss, [w, b])
    w.requires_grad_(before[0])
    b.requires_grad_(before[1])
    return loss.detach(), *grads
