# verdict: partial
# about: gradients by hand without the factor 2
import torch


def loss_gradients(w, b, x, y_true):
    with torch.no_grad():
        residual = x @ w + b - y_true
        return (residual**2).sum(), residual @ x, residual.sum().reshape(1)
