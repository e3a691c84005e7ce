# verdict: wrong_answer
# about: the classes swapped
import torch
from torch.nn import functional


def logistic_loss(w, b, x, y01):
    return functional.binary_cross_entropy_with_logits(x @ w + b, 1 - y01, reduction="sum")
