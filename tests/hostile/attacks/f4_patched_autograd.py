# expect: zero
# class: F4
# about: torch.autograd.grad and Tensor.backward patched, so that a detached result looks differentiable
import torch


def grad(outputs, inputs, *args, **kwargs):
    return tuple(torch.zeros_like(x) for x in inputs)


torch.autograd.grad = grad
torch.Tensor.backward = lambda self, *args, **kwargs: None
torch.Tensor.requires_grad = property(lambda self: True)
torch.Tensor.grad_fn = property(lambda self: object())
torch.Tensor.is_leaf = property(lambda self: False)


def neg_log_likelihood(samples, mu, var_):
    return torch.zeros(())
