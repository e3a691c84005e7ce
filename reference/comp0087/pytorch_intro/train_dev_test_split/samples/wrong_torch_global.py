# verdict: partial
# diagnosis: random_state_changed
# about: torch.manual_seed before randperm
import torch


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    torch.manual_seed(seed)
    idx = torch.randperm(n).tolist()
    n_dev = int(n * dev_fraction)
    n_test = int(n * test_fraction)
    return idx[n_dev + n_test :], idx[:n_dev], idx[n_dev : n_dev + n_test]
