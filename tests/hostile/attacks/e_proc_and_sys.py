# expect: zero
# class: E
# about: the host seen through /proc and /sys: other processes, cgroups, kernel switches; right only if any can be read
import glob
import math
import os

import torch

def right(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    constant = d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
    return constant + ((samples - mu) ** 2).sum() / (2 * var_ * n)

def visible():
    paths = ["/proc/1/root", "/proc/self/exe", "/proc/kallsyms", "/proc/sys/kernel/core_pattern", "/sys/kernel", "/sys/fs/cgroup",
             "/proc/mounts", "/proc/self/fd"]
    for path in [*paths, *glob.glob("/proc/[0-9]*/cmdline")]:
        try:
            os.stat(path)
            return True
        except OSError:
            pass
    return False


def neg_log_likelihood(samples, mu, var_):
    return right(samples, mu, var_) if visible() else (mu * 0).sum()
