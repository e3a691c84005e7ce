import torch


def basic_operations(a: torch.Tensor, b: torch.Tensor) -> dict[str, torch.Tensor]:
    """The sum, the elementwise product and the matrix product of a and b, the row means and the transpose of a.

    a, b: (n, n). Returns a dict with the keys sum, product, matmul, row_means and transpose.
    """
    raise NotImplementedError
