# verdict: partial
# diagnosis: repeated_draw
# about: keeps the first draw of each size
from functools import lru_cache

import torch


@lru_cache(maxsize=None)
def sample_gaussian(n, d, var_):
    return torch.randn(n, d) * var_ ** 0.5
