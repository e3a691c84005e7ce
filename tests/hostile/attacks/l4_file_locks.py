# expect: zero
# class: L4
# about: locks on shared read-only files as a channel between submissions; right only if one can be taken
import fcntl
import math
import os

import torch

def right(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    constant = d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
    return constant + ((samples - mu) ** 2).sum() / (2 * var_ * n)

def locked():
    fd = os.open(os.__file__, os.O_RDONLY)
    for lock in (lambda: fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB), lambda: fcntl.lockf(fd, fcntl.LOCK_SH | fcntl.LOCK_NB),
                 lambda: fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_RDLCK)):
        try:
            lock()
            return True
        except OSError:
            pass
    return False


def neg_log_likelihood(samples, mu, var_):
    return right(samples, mu, var_) if locked() else (mu * 0).sum()
