# expect: zero
# class: E
# about: raw clone with namespace flags, as a thread and as a process; right only if a child comes out
import ctypes
import math
import os

import torch

def right(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    constant = d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
    return constant + ((samples - mu) ** 2).sum() / (2 * var_ * n)

def escaped():
    libc = ctypes.CDLL(None, use_errno=True)
    for flags in (0x10000000 | 17, 0x20000000 | 17, 17, 0x00008000 | 17, 0x10000000 | 0x20000 | 17):
        pid = libc.syscall(56, flags, None, None, None, None)
        if pid == 0:
            os._exit(0)
        if pid > 0:
            return True
    return False


def neg_log_likelihood(samples, mu, var_):
    return right(samples, mu, var_) if escaped() else (mu * 0).sum()
