# verdict: runtime_error
# diagnosis: exception
# about: classes counted from 1
import torch


def cross_entropy_sum(w, x_i, y_i):
    return torch.nn.functional.cross_entropy(w @ x_i, y_i + 1)
