# verdict: wrong_answer
# about: averages the losses
import torch.nn.functional as F


def logistic_loss(f, y):
    return F.softplus(-y * f).mean()
