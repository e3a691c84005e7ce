# verdict: wrong_answer
# diagnosis: constant_factor
# about: the loss in bits
import math

import torch


def log_loss(X, y, w):
    return torch.nn.functional.softplus(-y * (X @ w)).sum() / math.log(2)
