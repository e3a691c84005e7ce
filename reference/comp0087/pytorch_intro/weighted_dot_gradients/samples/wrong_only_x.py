# verdict: wrong_answer
# about: the gradient with respect to x alone
import torch


def weighted_dot_gradients(x, y, z):
    x = x.detach().clone().requires_grad_()
    r = x * y.detach() @ z.detach()
    r.backward()
    return x.grad
