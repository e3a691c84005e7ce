# verdict: partial
# diagnosis: not_a_number
# about: the formula as it stands: 0 · log 0
import torch


def logistic_loss(w, b, x, y01):
    p = torch.sigmoid(x @ w + b)
    return -(y01 * torch.log(p) + (1 - y01) * torch.log(1 - p)).sum()
