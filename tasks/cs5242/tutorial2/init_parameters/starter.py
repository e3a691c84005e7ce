import torch


def init_parameters(d: int, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    """Fresh parameters of a linear model with d features, on the device.

    Returns (w, b) of shapes (d,) and (1,): standard normal leaves that require a gradient.
    """
    raise NotImplementedError
