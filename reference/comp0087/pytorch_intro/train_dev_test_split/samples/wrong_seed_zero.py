# verdict: partial
# diagnosis: not_reproducible
# about: takes a seed of 0 for none
import random


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    rng = random.Random(seed or None)
    idx = list(range(n))
    rng.shuffle(idx)
    n_dev = int(n * dev_fraction)
    n_test = int(n * test_fraction)
    return idx[n_dev + n_test :], idx[:n_dev], idx[n_dev : n_dev + n_test]
