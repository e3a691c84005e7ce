# expect: zero
# class: E
# about: fork, vfork, exec, posix_spawn, subprocess, os.system, multiprocessing; right only if any process can be made
import ctypes
import math
import os
import subprocess

import torch

def right(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    constant = d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
    return constant + ((samples - mu) ** 2).sum() / (2 * var_ * n)

def ran():
    def fork():
        if os.fork() == 0:
            os._exit(0)
        return True

    def run():
        return subprocess.run(["/bin/true"]).returncode == 0

    def system():
        return os.system("true") == 0

    def spawn():
        return os.posix_spawn("/bin/true", ["true"], {}) > 0

    def clone3():
        arguments = (ctypes.c_uint64 * 11)(0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0)
        pid = ctypes.CDLL(None).syscall(435, arguments, 88)
        if pid == 0:
            os._exit(0)
        return pid > 0

    def exec_():
        os.execve("/bin/true", ["true"], {})

    for way in (fork, run, system, spawn, clone3, exec_):
        try:
            if way():
                return True
        except OSError:
            pass
    return False


def neg_log_likelihood(samples, mu, var_):
    return right(samples, mu, var_) if ran() else (mu * 0).sum()
