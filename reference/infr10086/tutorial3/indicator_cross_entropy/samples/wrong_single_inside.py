# verdict: partial
# diagnosis: low_precision
# about: computes in float32 and converts back
import torch


def indicator_cross_entropy(y, w, x):
    return torch.nn.functional.softplus(-y * (w.float() @ x.float())).to(w.dtype)
