# verdict: partial
# diagnosis: input_changed
# about: .detach() makes no copy: the caller's numbers change
import torch


def gradient_descent_step(theta, loss_fn, lr):
    t = theta.detach().requires_grad_()
    loss_fn(t).backward()
    t.data.sub_(lr * t.grad)
    return t.detach()
