# verdict: partial
# diagnosis: random_state_changed
# about: seeds NumPy globally
import numpy as np


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    np.random.seed(seed)
    idx = np.arange(n)
    np.random.shuffle(idx)
    n_dev = int(n * dev_fraction)
    n_test = int(n * test_fraction)
    idx = idx.tolist()
    return idx[n_dev + n_test :], idx[:n_dev], idx[n_dev : n_dev + n_test]
