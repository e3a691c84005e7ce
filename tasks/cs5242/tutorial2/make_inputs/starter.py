import torch


def make_inputs(n: int, d: int, device: torch.device) -> torch.Tensor:
    """A fresh data set on the device: n samples of d standard normal features, (n, d)."""
    raise NotImplementedError
