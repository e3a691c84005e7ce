import torch


def two_layer_gradients(
    a: torch.Tensor, b: torch.Tensor, y: torch.Tensor, w0: torch.Tensor, w1: torch.Tensor, v: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The derivatives of (v * (a * w0 + b * w1) - y) ** 2 with respect to w0, w1 and v, by autograd.

    All arguments are tensors of shape (), with or without requires_grad, and are not changed.
    """
    raise NotImplementedError
