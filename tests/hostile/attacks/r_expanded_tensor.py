# expect: zero
# class: R
# about: a tensor of 10**12 elements that takes 4 bytes: every stride is zero
import torch


def neg_log_likelihood(samples, mu, var_):
    return (mu.sum() * 0).expand(10**6, 10**6)
