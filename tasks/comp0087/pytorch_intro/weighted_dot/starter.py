import torch


def weighted_dot(x: torch.Tensor, y: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
    """The dot product of x ⊙ y and z, three vectors of shape (n,). Returns a tensor of shape ()."""
    raise NotImplementedError
