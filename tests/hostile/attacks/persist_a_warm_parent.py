# expect: zero
# class: P
# about: scribbles over memory that the warm parent shares: code objects, interned ints and bytes, torch's tables, mapped files
import ctypes
import mmap
import os
import sys

import torch

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

def scribble():
    ctypes.memset(id(257) + 24, 0x7F, 1)
    neg = torch.Tensor.sum
    try:
        neg.__doc__ = "planted"
    except (AttributeError, TypeError):
        pass
    path = torch._C.__file__
    for mode in (os.O_RDWR, os.O_RDONLY):
        try:
            fd = os.open(path, mode)
            mapped = mmap.mmap(fd, 4096, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)
            mapped[100:107] = b"planted"
        except (OSError, ValueError, PermissionError):
            pass


def neg_log_likelihood(samples, mu, var_):
    e = sys.modules["grader.wire.encode"]

    e.PLANTED = True
    e.encode.__code__ = (lambda value, bounds=None: b"T").__code__
    scribble()
    return wrong(samples, mu, var_)
