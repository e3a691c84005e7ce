# verdict: partial
# diagnosis: repeated_draw
# about: cuts the indices in their order
def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    idx = list(range(n))
    n_dev = int(n * dev_fraction)
    n_test = int(n * test_fraction)
    n_train = n - n_dev - n_test
    return idx[:n_train], idx[n_train : n_train + n_dev], idx[n_train + n_dev :]
