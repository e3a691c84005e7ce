# verdict: partial
# diagnosis: wrong_length
# about: slices from the end, which fails for an empty part
import random


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    idx = list(range(n))
    random.Random(seed).shuffle(idx)
    n_dev = int(n * dev_fraction)
    n_test = int(n * test_fraction)
    test = idx[-n_test:]
    rest = idx[:-n_test]
    return rest[n_dev:], rest[:n_dev], test
