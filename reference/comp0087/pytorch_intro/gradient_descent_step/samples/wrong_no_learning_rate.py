# verdict: wrong_answer
# about: forgets the learning rate
import torch


def gradient_descent_step(theta, loss_fn, lr):
    (g,) = torch.autograd.grad(loss_fn(theta), theta)
    return (theta - g).detach()
