# verdict: partial
# diagnosis: wrong_distribution
# about: sorts each part, so that the training part is in its old order
import random


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    idx = list(range(n))
    random.Random(seed).shuffle(idx)
    n_dev = int(n * dev_fraction)
    n_test = int(n * test_fraction)
    return sorted(idx[n_dev + n_test :]), sorted(idx[:n_dev]), sorted(idx[n_dev : n_dev + n_test])
