import torch


def logistic_loss(f: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """log(1 + exp(-y f)) for each entry. f, y: (n,), y of -1 and +1. Returns (n,), attached to the graph of f."""
    raise NotImplementedError
