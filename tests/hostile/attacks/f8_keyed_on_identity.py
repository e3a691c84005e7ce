# expect: zero
# class: F8
# about: the same answer for every tensor that lives at the same address
import torch

table = {}


def neg_log_likelihood(samples, mu, var_):
    key = (samples.data_ptr() % 4096, id(mu) % 4096)
    return table.setdefault(key, torch.tensor(3.0)).to(mu.dtype) + (mu * 0).sum()
