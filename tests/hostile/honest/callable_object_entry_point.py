# about: the entry point is an instance of a class with __call__ and a cache of constants
import math

import torch


class NegLogLikelihood:
    def __init__(self):
        self.constants = {}
        self.calls = 0

    def __call__(self, samples, mu, var_):
        self.calls += 1
        n, d = samples.shape
        constant = self.constants.setdefault(d, d / 2 * math.log(2 * math.pi))
        var_ = torch.as_tensor(var_, dtype=samples.dtype)
        return constant + d / 2 * var_.log() + ((samples - mu) ** 2).sum() / (2 * var_ * n)


neg_log_likelihood = NegLogLikelihood()
