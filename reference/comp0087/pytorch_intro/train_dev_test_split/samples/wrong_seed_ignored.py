# verdict: partial
# diagnosis: not_reproducible
# about: a fresh generator that nobody seeded
import numpy as np


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    idx = np.random.default_rng().permutation(n).tolist()
    n_dev = int(n * dev_fraction)
    n_test = int(n * test_fraction)
    return idx[n_dev + n_test :], idx[:n_dev], idx[n_dev : n_dev + n_test]
