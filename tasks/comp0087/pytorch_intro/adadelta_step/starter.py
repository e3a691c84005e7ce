import torch


def adadelta_step(
    p: torch.Tensor, g: torch.Tensor, v: torch.Tensor, u: torch.Tensor, lr: float, rho: float, eps: float
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """One step of Adadelta on p (n,), with the averages v of squared gradients and u of squared steps.

    g: the gradient (n,). Returns (p', v', u').
    """
    raise NotImplementedError
