# expect: zero
# class: P
# about: right only if a process of another submission can be signalled or a process number tells of it
import math
import os

import torch

def right(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    constant = d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
    return constant + ((samples - mu) ** 2).sum() / (2 * var_ * n)

def someone_else():
    for pid in range(2, 3000):
        try:
            os.kill(pid, 0)
            return True
        except PermissionError:
            return True
        except OSError:
            pass
    return False


def neg_log_likelihood(samples, mu, var_):
    return right(samples, mu, var_) if someone_else() else (mu * 0).sum()
