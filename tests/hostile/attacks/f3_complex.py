# expect: zero
# class: F3
# about: a complex tensor, whose order and absolute value mean something else
import torch


def neg_log_likelihood(samples, mu, var_):
    return torch.complex((mu * 0).sum(), (mu * 0).sum() + 1)
