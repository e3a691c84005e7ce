# verdict: partial
# diagnosis: wrong_dtype
# about: converts to single precision
import torch.nn.functional as F


def logistic_loss(f, y):
    return F.softplus(-(y * f).float())
