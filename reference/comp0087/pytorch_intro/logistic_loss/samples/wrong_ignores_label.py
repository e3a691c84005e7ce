# verdict: wrong_answer
# about: every label is taken for +1
import torch.nn.functional as F


def logistic_loss(f, y):
    return F.softplus(-f)
