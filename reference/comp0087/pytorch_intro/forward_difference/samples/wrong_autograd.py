# verdict: runtime_error
# about: the exact derivative by autograd, which is not the quotient
import torch


def forward_difference(f, x, eps):
    point = x.clone().requires_grad_()
    f(point).backward()
    return point.grad
