# verdict: partial
# diagnosis: repeated_draw
# about: always seeds with 42
import random


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    idx = list(range(n))
    random.Random(42).shuffle(idx)
    n_dev = int(n * dev_fraction)
    n_test = int(n * test_fraction)
    return idx[n_dev + n_test :], idx[:n_dev], idx[n_dev : n_dev + n_test]
