# verdict: partial
# diagnosis: input_changed
# about: the right numbers, but theta has a .grad afterwards
import torch


def gradient_descent_step(theta, loss_fn, lr):
    loss_fn(theta).backward()
    return theta.detach() - lr * theta.grad
