# verdict: wrong_answer
# about: probabilities where scores are expected
import torch
from torch.nn import functional


def logistic_loss(w, b, x, y01):
    p = torch.sigmoid(x @ w + b)
    return functional.binary_cross_entropy_with_logits(p, y01, reduction="sum")
