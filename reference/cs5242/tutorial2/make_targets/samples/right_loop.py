# verdict: accepted
# about: one sample after the other
import torch


def make_targets(x, w_true, b_true):
    y = torch.zeros(x.shape[0], dtype=x.dtype, device=x.device)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            y[i] += x[i, j] * w_true[j]
        y[i] += b_true[0]
    return y
