# verdict: partial
# diagnosis: missing_gradient
# about: the right value in a new tensor
import torch


def squared_error(w, b, x, y_true):
    loss = ((x @ w + b - y_true) ** 2).sum().item()
    return torch.tensor(loss, dtype=x.dtype, device=x.device, requires_grad=True)
