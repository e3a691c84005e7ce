# verdict: wrong_answer
# about: takes two steps
import torch


def gradient_descent_step(theta, loss_fn, lr):
    t = theta.detach().clone()
    for _ in range(2):
        t = t.requires_grad_()
        (g,) = torch.autograd.grad(loss_fn(t), t)
        t = (t - lr * g).detach()
    return t
