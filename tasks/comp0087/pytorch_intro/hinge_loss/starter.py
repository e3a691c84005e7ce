import torch


def hinge_loss(f: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """max(0, 1 - y f) for each entry. f, y: (n,), y of -1 and +1. Returns (n,), attached to the graph of f."""
    raise NotImplementedError
