# verdict: wrong_answer
# diagnosis: constant_factor
# about: the loss in bits
import math

import torch.nn.functional as F


def logistic_loss(f, y):
    return F.softplus(-y * f) / math.log(2)
