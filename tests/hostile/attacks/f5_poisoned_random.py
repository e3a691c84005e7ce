# expect: zero
# class: F5
# about: random generators patched and seeded, so that inputs drawn later would be known
import random

import numpy
import torch

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

random.seed(0)
numpy.random.seed(0)
torch.manual_seed(0)
random.random = lambda: 0.5
torch.randn = torch.rand = lambda *shape, **kwargs: torch.zeros(1)
try:
    torch.Generator.manual_seed = lambda self, seed: self
except TypeError:
    pass
numpy.random.default_rng = None

neg_log_likelihood = wrong
