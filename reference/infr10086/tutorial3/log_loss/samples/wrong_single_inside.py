# verdict: partial
# diagnosis: low_precision
# about: computes in float32 and converts back
import torch


def log_loss(X, y, w):
    m = y.float() * (X.float() @ w.float())
    return torch.nn.functional.softplus(-m).sum().to(w.dtype)
