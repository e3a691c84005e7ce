import torch


def fit_logistic_regression(
    x: torch.Tensor, y01: torch.Tensor, lr: float, tol: float, max_steps: int
) -> tuple[torch.Tensor, torch.Tensor, list[float]]:
    """Gradient descent on the summed binary cross entropy of sigmoid(x w + b), from a random start.

    x: (n, d), y01: (n,) of 0.0 and 1.0. Returns w (d,), b (1,) and the list of losses.
    """
    raise NotImplementedError
