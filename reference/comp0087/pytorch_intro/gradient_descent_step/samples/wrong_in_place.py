# verdict: partial
# diagnosis: input_changed
# about: updates the caller's theta in place
import torch


def gradient_descent_step(theta, loss_fn, lr):
    (g,) = torch.autograd.grad(loss_fn(theta), theta)
    with torch.no_grad():
        theta -= lr * g
    return theta.detach()
