# verdict: accepted
# about: the inner product of the residuals with themselves
import torch


def squared_error(w, b, x, y_true):
    residual = y_true - torch.einsum("ij,j->i", x, w) - b
    return residual @ residual
