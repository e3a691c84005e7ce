import torch


def perceptron_train(X: torch.Tensor, y: torch.Tensor, w0: torch.Tensor, epochs: int) -> tuple[torch.Tensor, list[int]]:
    """The perceptron's training algorithm with step size 1, over the rows in their order, `epochs` times.

    X: (n, d). y: (n,) of 1 and -1. w0: (d,), the first weights. None of them is changed.
    Returns (w, mistakes): the final weights (d,) and the number of mistakes in each epoch.
    """
    raise NotImplementedError
