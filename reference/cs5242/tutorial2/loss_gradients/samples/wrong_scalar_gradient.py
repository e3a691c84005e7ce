# verdict: partial
# diagnosis: wrong_shape
# about: a gradient of b without its dimension
import torch


def loss_gradients(w, b, x, y_true):
    with torch.no_grad():
        residual = x @ w + b - y_true
        return (residual**2).sum(), 2 * residual @ x, 2 * residual.sum()
