# verdict: accepted
# about: sorts the indices by a hash of seed and index
import hashlib


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    def key(i):
        return hashlib.sha256(f"{seed}:{i}".encode()).digest()

    order = sorted(range(n), key=key)
    a = int(n * dev_fraction)
    b = int(n * test_fraction)
    return tuple(order[a + b :]), tuple(order[:a]), tuple(order[a : a + b])
