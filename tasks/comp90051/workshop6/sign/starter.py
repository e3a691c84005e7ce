import torch


def sign(s: torch.Tensor) -> torch.Tensor:
    """+1 where s is at least 0, else -1, for every entry of a tensor of any shape. Returns the shape and dtype of s."""
    raise NotImplementedError
