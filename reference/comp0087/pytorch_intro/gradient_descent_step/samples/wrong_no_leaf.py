# verdict: runtime_error
# diagnosis: exception
# about: a clone of a leaf is no leaf, so its .grad stays empty
import torch


def gradient_descent_step(theta, loss_fn, lr):
    t = theta.clone()
    loss_fn(t).backward()
    return (t - lr * t.grad).detach()
