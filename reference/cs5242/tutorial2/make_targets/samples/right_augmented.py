# verdict: accepted
# about: a column of ones for the bias
import torch, numpy as np
def make_targets(x, w, b):
    return torch.cat([x, torch.ones(len(x), 1, dtype=x.dtype, device=x.device)], 1) @ torch.cat([w, b])
