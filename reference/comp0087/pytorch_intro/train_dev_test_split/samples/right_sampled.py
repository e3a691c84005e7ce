# verdict: accepted
# about: draws dev and test without replacement and shuffles what is left
import random


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    rng = random.Random(f"split {seed}")
    dev = rng.sample(range(n), int(n * dev_fraction))
    taken = set(dev)
    test = rng.sample([i for i in range(n) if i not in taken], int(n * test_fraction))
    taken.update(test)
    train = [i for i in range(n) if i not in taken]
    rng.shuffle(train)
    return train, dev, test
