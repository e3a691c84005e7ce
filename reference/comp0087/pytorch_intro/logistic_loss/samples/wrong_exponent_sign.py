# verdict: wrong_answer
# about: small where score and label disagree
import torch.nn.functional as F


def logistic_loss(f, y):
    return F.softplus(y * f)
