# verdict: partial
# diagnosis: repeated_draw
# about: keeps the first draw
from functools import lru_cache

import torch


@lru_cache
def make_inputs(n, d, device):
    return torch.randn(n, d, device=device)
