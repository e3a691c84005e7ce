# verdict: partial
# diagnosis: wrong_length
# about: rounds the sizes
import random


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    idx = list(range(n))
    random.Random(seed).shuffle(idx)
    n_dev = round(n * dev_fraction)
    n_test = round(n * test_fraction)
    return idx[n_dev + n_test :], idx[:n_dev], idx[n_dev : n_dev + n_test]
