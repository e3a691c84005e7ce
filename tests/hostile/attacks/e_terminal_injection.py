# expect: zero
# class: E
# about: characters pushed into a controlling terminal (TIOCSTI), and terminal escape sequences printed
import fcntl
import math
import os

import torch

def right(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    constant = d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
    return constant + ((samples - mu) ** 2).sum() / (2 * var_ * n)

def pushed():
    for path in ["/dev/tty", "/dev/console", "/dev/pts/0", "/dev/stdin"]:
        try:
            fd = os.open(path, os.O_RDWR)
            fcntl.ioctl(fd, 0x5412, b"x")
            return True
        except OSError:
            pass
    return False


print("\x1b]0;owned\x07\x1b[2J\x1b]52;c;b3duZWQ=\x07\x1bc")


def neg_log_likelihood(samples, mu, var_):
    return right(samples, mu, var_) if pushed() else (mu * 0).sum()
