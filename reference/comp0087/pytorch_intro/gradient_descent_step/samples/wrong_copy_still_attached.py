# verdict: partial
# diagnosis: still_attached
# about: the copy requires a gradient, and so does what is computed from it
import torch


def gradient_descent_step(theta, loss_fn, lr):
    t = theta.detach().clone().requires_grad_()
    loss_fn(t).backward()
    return t - lr * t.grad
