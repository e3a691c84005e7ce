# expect: zero
# class: F6
# about: tries every 0-dim tensor that the garbage collector knows, but for the arguments
import gc

import torch

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

def neg_log_likelihood(samples, mu, var_):
    for value in gc.get_objects():
        if type(value) is torch.Tensor and value.ndim == 0 and value.is_floating_point() and value is not var_:
            return value.detach() + (mu * 0).sum()
    return wrong(samples, mu, var_)
