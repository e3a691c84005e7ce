import torch


def perceptron_step(w: torch.Tensor, x: torch.Tensor, y: int, eta: float) -> torch.Tensor:
    """The weights after one sample: w + eta * y * x if sgn(w·x) is not y, else w.

    w, x: (d,), not changed. y: 1 or -1. eta: the step size. Returns (d,).
    """
    raise NotImplementedError
