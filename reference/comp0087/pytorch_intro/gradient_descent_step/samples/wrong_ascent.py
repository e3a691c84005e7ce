# verdict: wrong_answer
# diagnosis: sign
# about: steps uphill
import torch


def gradient_descent_step(theta, loss_fn, lr):
    (g,) = torch.autograd.grad(loss_fn(theta), theta)
    return (theta + lr * g).detach()
