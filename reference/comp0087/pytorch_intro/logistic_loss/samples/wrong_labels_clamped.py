# verdict: wrong_answer
# about: the label -1 becomes 0 and switches the score off
import torch.nn.functional as F


def logistic_loss(f, y):
    return F.softplus(-y.clamp(min=0) * f)
