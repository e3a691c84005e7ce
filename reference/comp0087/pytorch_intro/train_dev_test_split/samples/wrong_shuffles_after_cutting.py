# verdict: partial
# diagnosis: repeated_draw
# about: cuts first and shuffles each part
import random


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    rng = random.Random(seed)
    idx = list(range(n))
    n_dev = int(n * dev_fraction)
    n_test = int(n * test_fraction)
    parts = idx[n_dev + n_test :], idx[:n_dev], idx[n_dev : n_dev + n_test]
    for part in parts:
        rng.shuffle(part)
    return parts
