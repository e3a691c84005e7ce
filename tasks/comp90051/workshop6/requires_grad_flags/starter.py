import torch


def requires_grad_flags(x: torch.Tensor, y: torch.Tensor, z: torch.Tensor) -> tuple[bool, bool]:
    """Whether a = x + y and b = a + z require a gradient, as two bools."""
    raise NotImplementedError
