import torch


def make_true_parameters(d: int, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    """Fresh true parameters of a linear model with d features, on the device.

    Returns (w_true, b_true) of shapes (d,) and (1,): 5 times and -2 times standard normal numbers.
    """
    raise NotImplementedError
