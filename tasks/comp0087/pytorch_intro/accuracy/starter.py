import torch


def accuracy(model: torch.nn.Module, x: torch.Tensor, y: torch.Tensor) -> float:
    """Fraction of the rows of x (n, d) whose highest score is that of class y (n,); builds no graph."""
    raise NotImplementedError
