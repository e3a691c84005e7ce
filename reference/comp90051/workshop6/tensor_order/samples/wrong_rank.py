# verdict: runtime_error
# about: the rank of a matrix
import torch


def tensor_order(x):
    return int(torch.linalg.matrix_rank(x))
