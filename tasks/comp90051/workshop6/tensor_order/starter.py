import torch


def tensor_order(x: torch.Tensor) -> int:
    """The order of a tensor: 0 for a scalar, 1 for a vector, 2 for a matrix, and so on."""
    raise NotImplementedError
