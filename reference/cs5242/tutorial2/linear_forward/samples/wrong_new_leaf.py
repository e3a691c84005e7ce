# verdict: partial
# diagnosis: missing_gradient
# about: wraps the parameters into new tensors, which cuts them off
import torch


def linear_forward(x, w, b):
    w = w.clone().detach().requires_grad_(True)
    b = b.clone().detach().requires_grad_(True)
    return torch.matmul(x, w) + b
