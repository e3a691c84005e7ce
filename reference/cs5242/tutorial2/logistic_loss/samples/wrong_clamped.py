# verdict: partial
# about: binary_cross_entropy cuts logarithms off at -100
import torch
from torch.nn import functional


def logistic_loss(w, b, x, y01):
    p = torch.sigmoid(x @ w + b)
    return functional.binary_cross_entropy(p, y01, reduction="sum")
