import torch


def loss_surface(X: torch.Tensor, y: torch.Tensor, w1s: torch.Tensor, w2s: torch.Tensor) -> torch.Tensor:
    """The mean squared errors of the linear models with weights (w1s[i], w2s[j]).

    X: (n, 2). y: (n,). w1s: (m1,). w2s: (m2,). Returns (m1, m2).
    """
    raise NotImplementedError
