# verdict: partial
# diagnosis: still_attached
# about: updates its own leaf, which still requires a gradient
import torch


def gradient_descent_step(theta, loss_fn, lr):
    t = theta.detach().clone().requires_grad_()
    loss_fn(t).backward()
    with torch.no_grad():
        t -= lr * t.grad
    return t
