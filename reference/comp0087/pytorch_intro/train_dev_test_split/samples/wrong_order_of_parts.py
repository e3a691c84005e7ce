# verdict: partial
# diagnosis: swapped
# about: returns train, test, dev
import random


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    idx = list(range(n))
    random.Random(seed).shuffle(idx)
    n_dev = int(n * dev_fraction)
    n_test = int(n * test_fraction)
    return idx[n_dev + n_test :], idx[n_dev : n_dev + n_test], idx[:n_dev]
