import torch


def weighted_dot_gradients(x: torch.Tensor, y: torch.Tensor, z: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The gradients of r = (x ⊙ y)·z with respect to x and to z, three vectors of shape (n,).

    The inputs may or may not require gradients; their values, .grad and requires_grad are left as they are.
    """
    raise NotImplementedError
