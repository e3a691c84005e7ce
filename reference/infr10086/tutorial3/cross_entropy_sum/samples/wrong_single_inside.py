# verdict: partial
# diagnosis: low_precision
# about: computes in float32 and converts back
import torch


def cross_entropy_sum(w, x_i, y_i):
    return torch.nn.functional.cross_entropy(w.float() @ x_i.float(), y_i).to(w.dtype)
