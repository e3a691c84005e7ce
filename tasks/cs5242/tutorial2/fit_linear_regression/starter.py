import torch


def fit_linear_regression(
    x: torch.Tensor, y_true: torch.Tensor, lr: float, tol: float, max_steps: int
) -> tuple[torch.Tensor, torch.Tensor, list[float]]:
    """Gradient descent on the summed squared error of y = x w + b, from a random start.

    x: (n, d), y_true: (n,). Returns w (d,), b (1,) and the list of losses.
    """
    raise NotImplementedError
