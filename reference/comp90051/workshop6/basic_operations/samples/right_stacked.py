# verdict: accepted
# about: sums and products over a stacked dimension
import torch, numpy as np
from collections import OrderedDict
def basic_operations(a, b):
    return OrderedDict(sum=torch.stack([a,b]).sum(0), product=torch.stack([a,b]).prod(0), matmul=(a[:, :, None]*b[None]).sum(1), row_means=torch.tensor([r.mean() for r in a], dtype=a.dtype), transpose=a.swapaxes(0,1))
