# expect: zero
# class: L4
# about: kernel objects that outlive a process: keyrings, System V memory, semaphores, queues; right only if one can be made
import ctypes
import math

import torch

def right(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    constant = d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
    return constant + ((samples - mu) ** 2).sum() / (2 * var_ * n)

def made_one():
    libc = ctypes.CDLL(None, use_errno=True)
    return any(
        libc.syscall(*call) >= 0
        for call in [
            (250, 0, -3, 1),  # keyctl(GET_KEYRING_ID, session)
            (248, b"user", b"memo", b"x", 1, -5),  # add_key to the user's keyring
            (29, 0x5151, 4096, 0o1666),  # shmget
            (64, 0x5151, 1, 0o1666),  # semget
            (68, 0x5151, 0o1666),  # msgget
        ]
    )


def neg_log_likelihood(samples, mu, var_):
    return right(samples, mu, var_) if made_one() else (mu * 0).sum()
