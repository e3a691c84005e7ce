# expect: zero
# class: P
# about: right only if a kernel object of `persist_a_kernel_objects.py` is still there
import ctypes
import math
import os

import torch

def right(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    constant = d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
    return constant + ((samples - mu) ** 2).sum() / (2 * var_ * n)

def planted():
    libc = ctypes.CDLL(None, use_errno=True)
    calls = [(249, b"user", b"planted", None, -4), (29, 0x7171, 4096, 0), (64, 0x7171, 1, 0), (68, 0x7171, 0), (240, b"planted", 2, 0, None)]
    return any(libc.syscall(*call) >= 0 for call in calls) or any(
        os.path.exists(f"{folder}/planted") for folder in ("/dev/shm", "/dev/mqueue")
    )


def neg_log_likelihood(samples, mu, var_):
    return right(samples, mu, var_) if planted() else (mu * 0).sum()
