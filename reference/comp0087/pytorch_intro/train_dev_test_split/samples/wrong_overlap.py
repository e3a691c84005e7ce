# verdict: partial
# diagnosis: property
# about: draws dev and test from the same indices, independently of each other
import random


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    rng = random.Random(seed)
    dev = rng.sample(range(n), int(n * dev_fraction))
    test = rng.sample(range(n), int(n * test_fraction))
    train = rng.sample(range(n), n - len(dev) - len(test))
    return train, dev, test
