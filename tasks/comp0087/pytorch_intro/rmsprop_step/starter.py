import torch


def rmsprop_step(
    p: torch.Tensor, g: torch.Tensor, v: torch.Tensor, lr: float, alpha: float, eps: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """One step of RMSprop on p (n,) with the gradient g (n,) and the average v (n,) of squares. Returns (p', v')."""
    raise NotImplementedError
