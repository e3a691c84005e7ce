# verdict: accepted
# about: softplus of the negative margin
import torch.nn.functional as F


def logistic_loss(f, y):
    return F.softplus(-y * f)
