import torch


def mean_squared_error(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The mean of the squared differences between predictions y_hat (n,) and targets y (n,), as a scalar tensor."""
    raise NotImplementedError
