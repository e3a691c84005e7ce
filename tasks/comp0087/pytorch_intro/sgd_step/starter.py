import torch


def sgd_step(p: torch.Tensor, g: torch.Tensor, lr: float) -> torch.Tensor:
    """The parameters p (n,) after one step of size lr against the gradient g (n,), as a new tensor."""
    raise NotImplementedError
