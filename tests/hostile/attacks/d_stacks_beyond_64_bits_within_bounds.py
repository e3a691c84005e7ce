# expect: zero
# class: R
# about: the same with the largest tensors that travel
import torch


def neg_log_likelihood(samples, mu, var_):
    return [torch.empty((0, 2**31), dtype=torch.complex128)] * 5000
