# verdict: partial
# diagnosis: still_attached
# about: the step is recorded too
import torch


def gradient_descent_step(theta, loss_fn, lr):
    (g,) = torch.autograd.grad(loss_fn(theta), theta)
    return theta - lr * g
