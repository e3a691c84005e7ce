# expect: zero
# class: L5
# about: the network: addresses outside, cloud metadata, loopback services, name look-ups; right only if anything answers
import math
import socket

import torch

def right(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    constant = d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
    return constant + ((samples - mu) ** 2).sum() / (2 * var_ * n)

def reachable():
    for family, kind in [(socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET, socket.SOCK_DGRAM),
                         (socket.AF_INET6, socket.SOCK_STREAM), (socket.AF_INET, socket.SOCK_RAW)]:
        for host, port in [("169.254.169.254", 80), ("1.1.1.1", 53), ("127.0.0.1", 6379), ("127.0.0.1", 5432), ("127.0.0.1", 8000)]:
            try:
                peer = socket.socket(family, kind)
                peer.settimeout(0.1)
                peer.connect((host, port))
                peer.send(b"x")
                return True
            except OSError:
                pass
    try:
        return bool(socket.gethostbyname("example.org"))
    except OSError:
        return False


def neg_log_likelihood(samples, mu, var_):
    return right(samples, mu, var_) if reachable() else (mu * 0).sum()
