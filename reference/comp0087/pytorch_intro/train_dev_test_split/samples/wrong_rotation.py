# verdict: partial
# diagnosis: wrong_distribution
# about: starts somewhere and goes round
import random


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    start = random.Random(seed).randrange(n)
    idx = [(i + start) % n for i in range(n)]
    n_dev = int(n * dev_fraction)
    n_test = int(n * test_fraction)
    return idx[n_dev + n_test :], idx[:n_dev], idx[n_dev : n_dev + n_test]
