import torch


def logistic_loss(w: torch.Tensor, b: torch.Tensor, x: torch.Tensor, y01: torch.Tensor) -> torch.Tensor:
    """The summed binary cross entropy of sigmoid(x w + b) and the labels y01, which are 0.0 or 1.0.

    w (d,), b (1,), x (n, d), y01 (n,). Returns a scalar tensor.
    """
    raise NotImplementedError
