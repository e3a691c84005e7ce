# question: cs5242/tutorial2/init_parameters
# expect: zero
# class: F2
# about: subclasses and patched flags instead of leaves that require a gradient
import torch


class Leaf(torch.Tensor):
    is_leaf = True
    requires_grad = True


def init_parameters(d, device):
    w = torch.zeros(d, device=device).as_subclass(Leaf)
    return w, w[:1]
