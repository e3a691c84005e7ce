# verdict: partial
# about: computes in float32 and converts back
import torch


def gradient_descent_step(theta, loss_fn, lr):
    t = theta.detach().clone().float().requires_grad_()
    loss_fn(t).backward()
    return (t.detach() - lr * t.grad).to(theta.dtype)
