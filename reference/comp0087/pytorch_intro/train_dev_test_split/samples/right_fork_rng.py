# verdict: accepted
# about: torch.random.fork_rng around a seeded global generator
import torch


def train_dev_test_split(n, dev_fraction, test_fraction, seed):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        order = torch.randperm(n)
    sizes = [int(n * dev_fraction), int(n * test_fraction)]
    dev, test, train = torch.split(order, [*sizes, n - sum(sizes)])
    return train.tolist(), dev.tolist(), test.tolist()
