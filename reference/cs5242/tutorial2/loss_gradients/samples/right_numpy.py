# verdict: accepted
# about: NumPy arrays, one sample after the other
import numpy as np
import torch


def loss_gradients(w, b, x, y_true):
    w_, b_, x_, t_ = (tensor.detach().cpu().numpy() for tensor in (w, b, x, y_true))
    loss, grad_w, grad_b = 0.0, np.zeros_like(w_), np.zeros_like(b_)
    for row, target in zip(x_, t_, strict=True):
        error = row @ w_ + b_ - target
        loss += float(error[0]) ** 2
        grad_w += 2 * error * row
        grad_b += 2 * error
    return loss, torch.from_numpy(grad_w).to(w.device), torch.from_numpy(grad_b).to(b.device)
