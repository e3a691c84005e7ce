# verdict: partial
# diagnosis: low_precision
# about: computes in float32 and converts back
import torch


def probability(y, w, x):
    return torch.sigmoid(y * (w.float() @ x.float())).to(w.dtype)
