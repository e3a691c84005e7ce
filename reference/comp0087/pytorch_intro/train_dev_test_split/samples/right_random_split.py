# verdict: accepted
# about: subsets of torch.utils.data, turned into lists
import torch
from torch.utils.data import random_split
def train_dev_test_split(n, a, b, s):
    d, t = int(n*a), int(n*b)
    x = random_split(list(range(n)), [n-d-t, d, t], generator=torch.Generator().manual_seed(s))
    return tuple(list(p) for p in x)
