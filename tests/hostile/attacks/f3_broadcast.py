# expect: zero
# class: F3
# about: a long vector, in the hope that one of its entries is compared by broadcasting
import torch


def neg_log_likelihood(samples, mu, var_):
    return torch.linspace(-50, 50, 100_001, dtype=mu.dtype) + mu.sum() * 0
