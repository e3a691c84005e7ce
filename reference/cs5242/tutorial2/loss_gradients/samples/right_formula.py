# verdict: accepted
# about: worked out by hand
import torch


@torch.no_grad()
def loss_gradients(w, b, x, y_true):
    residual = x @ w + b - y_true
    return residual @ residual, 2 * x.T @ residual, 2 * residual.sum(dim=0, keepdim=True)
