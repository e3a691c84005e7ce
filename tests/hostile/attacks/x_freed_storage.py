# expect: zero
# class: X
# about: tensors whose storage was shrunk to nothing or points anywhere
import ctypes

import torch

calls = 0


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    tensor = torch.zeros(1000)
    if calls % 2:
        tensor.untyped_storage().resize_(0)
        return tensor
    array = (ctypes.c_float * 10).from_address(8)
    return torch.frombuffer(array, dtype=torch.float32)
