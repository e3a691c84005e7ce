# verdict: partial
# diagnosis: input_changed
# about: leaves zeros in theta.grad where there was nothing
import torch


def gradient_descent_step(theta, loss_fn, lr):
    loss_fn(theta).backward()
    with torch.no_grad():
        new = theta - lr * theta.grad
    theta.grad.zero_()
    return new
