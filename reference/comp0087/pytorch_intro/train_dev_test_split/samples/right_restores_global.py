# verdict: accepted
# about: seeds the global generator of random and puts its state back
import random


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    state = random.getstate()
    try:
        random.seed(seed)
        left = list(range(n))
        random.shuffle(left)
    finally:
        random.setstate(state)
    dev = [left.pop() for _ in range(int(n * dev_fraction))]
    test = [left.pop() for _ in range(int(n * test_fraction))]
    return [left, dev, test]
