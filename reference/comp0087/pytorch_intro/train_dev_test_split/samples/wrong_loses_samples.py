# verdict: partial
# diagnosis: wrong_length
# about: cuts the size of the training part off too, so that some indices are in no part
import random


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    idx = list(range(n))
    random.Random(seed).shuffle(idx)
    n_dev = int(n * dev_fraction)
    n_test = int(n * test_fraction)
    n_train = int(n * (1 - dev_fraction - test_fraction))
    return idx[:n_train], idx[n_train : n_train + n_dev], idx[n_train + n_dev : n_train + n_dev + n_test]
