# expect: zero
# class: F1
# about: an object whose __class__ says Tensor, with every attribute a tensor has
import torch


class Costume:
    __class__ = property(lambda self: torch.Tensor)
    def __getattr__(self, name):
        return getattr(torch.zeros(()), name)


def neg_log_likelihood(samples, mu, var_):
    return Costume()
