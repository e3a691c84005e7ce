# verdict: partial
# diagnosis: random_state_changed
# about: seeds and uses the global generator
import random


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    random.seed(seed)
    idx = list(range(n))
    random.shuffle(idx)
    n_dev = int(n * dev_fraction)
    n_test = int(n * test_fraction)
    return idx[n_dev + n_test :], idx[:n_dev], idx[n_dev : n_dev + n_test]
