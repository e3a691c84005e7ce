import torch


def adam_step(
    p: torch.Tensor,
    g: torch.Tensor,
    m: torch.Tensor,
    v: torch.Tensor,
    t: int,
    lr: float,
    beta1: float,
    beta2: float,
    eps: float,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Step number t = 1, 2, … of Adam on p (n,), with the averages m of gradients and v of squared gradients.

    g: the gradient (n,). Returns (p', m', v').
    """
    raise NotImplementedError
