# expect: zero
# class: F2
# about: a wrapper subclass that answers operators late, through __torch_dispatch__
import torch


class Late(torch.Tensor):
    @staticmethod
    def __new__(cls, shape):
        return torch.Tensor._make_wrapper_subclass(cls, shape, dtype=torch.float32, requires_grad=True)

    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        return torch.zeros(())


def neg_log_likelihood(samples, mu, var_):
    return Late(())
