# expect: zero
# class: R
# about: thousands of empty tensors that would be too large an array together, though each of them has no entries
import torch


def neg_log_likelihood(samples, mu, var_):
    return [torch.empty((0, 2**47), dtype=torch.complex128)] * 5000
