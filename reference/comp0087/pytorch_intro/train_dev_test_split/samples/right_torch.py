# verdict: accepted
# about: torch.randperm with a generator of its own, one slice after the other
import torch


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    g = torch.Generator()
    g.manual_seed(seed)
    idx = torch.randperm(n, generator=g).tolist()
    n_dev = int(n * dev_fraction)
    n_test = int(n * test_fraction)
    n_train = n - n_dev - n_test
    return idx[:n_train], idx[n_train : n_train + n_dev], idx[n_train + n_dev :]
