# expect: zero
# class: F5
# about: inputs overwritten with zeros so that a reference computed afterwards becomes trivial
import torch


def neg_log_likelihood(samples, mu, var_):
    with torch.no_grad():
        samples.zero_()
        mu.zero_()
    return (mu * 0).sum()
