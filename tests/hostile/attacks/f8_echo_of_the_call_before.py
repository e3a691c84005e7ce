# expect: zero
# class: F8
# about: answers every call with the result of the arguments of the call before
import math

import torch

def right(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    constant = d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
    return constant + ((samples - mu) ** 2).sum() / (2 * var_ * n)

kept = None


def neg_log_likelihood(samples, mu, var_):
    global kept
    before, kept = kept, (samples.clone(), mu.detach().clone(), var_)
    if before is None:
        return (mu * 0).sum()
    return right(*before) + (mu * 0).sum()
