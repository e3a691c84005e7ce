# verdict: wrong_answer
# about: divides the gradient by its length
import torch


def gradient_descent_step(theta, loss_fn, lr):
    (g,) = torch.autograd.grad(loss_fn(theta), theta)
    return (theta - lr * g / g.norm()).detach()
