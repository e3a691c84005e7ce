import torch


def adagrad_step(
    p: torch.Tensor, g: torch.Tensor, s: torch.Tensor, lr: float, eps: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """One step of Adagrad on p (n,) with the gradient g (n,) and the sum s (n,) of squares. Returns (p', s')."""
    raise NotImplementedError
