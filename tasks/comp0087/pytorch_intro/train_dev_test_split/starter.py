def train_dev_test_split(
    n: int, dev_fraction: float, test_fraction: float, seed: int
) -> tuple[list[int], list[int], list[int]]:
    """Splits the indices 0 … n − 1 at random into (train, dev, test), as decided by the seed.

    dev has int(n * dev_fraction) indices, test has int(n * test_fraction), train has all others.
    """
    raise NotImplementedError
