# verdict: wrong_answer
# diagnosis: wrong_type
# about: torch.utils.data.random_split returns subsets
import torch
from torch.utils.data import random_split


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    n_dev = int(n * dev_fraction)
    n_test = int(n * test_fraction)
    g = torch.Generator().manual_seed(seed)
    return random_split(range(n), [n - n_dev - n_test, n_dev, n_test], generator=g)
