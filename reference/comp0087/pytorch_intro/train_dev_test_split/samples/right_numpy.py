# verdict: accepted
# about: a permutation of NumPy's own generator, cut with np.split
import numpy as np


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    perm = np.random.default_rng(seed).permutation(n)
    n_dev, n_test = int(n * dev_fraction), int(n * test_fraction)
    train, dev, test = np.split(perm, [n - n_dev - n_test, n - n_test])
    return list(train), list(dev), list(test)
