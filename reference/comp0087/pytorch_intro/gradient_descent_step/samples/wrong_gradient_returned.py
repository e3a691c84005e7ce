# verdict: wrong_answer
# about: returns the step and not where it leads
import torch


def gradient_descent_step(theta, loss_fn, lr):
    (g,) = torch.autograd.grad(loss_fn(theta), theta)
    return -lr * g
