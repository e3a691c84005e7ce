# expect: zero
# class: L5
# about: netlink, packet, vsock, alg, bluetooth, can sockets; right only if one can be made
import math
import socket

import torch

def right(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    constant = d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
    return constant + ((samples - mu) ** 2).sum() / (2 * var_ * n)

def made_one():
    for family in [2, 10, 16, 17, 29, 31, 38, 40, 44]:
        for kind in (1, 2, 3, 5):
            try:
                socket.socket(family, kind, 0).close()
                return True
            except OSError:
                pass
    return False


def neg_log_likelihood(samples, mu, var_):
    return right(samples, mu, var_) if made_one() else (mu * 0).sum()
