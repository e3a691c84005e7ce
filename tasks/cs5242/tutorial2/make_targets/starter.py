import torch


def make_targets(x: torch.Tensor, w_true: torch.Tensor, b_true: torch.Tensor) -> torch.Tensor:
    """The targets (n,) of a linear model with weights w_true (d,) and bias b_true (1,) for data x (n, d)."""
    raise NotImplementedError
