# verdict: partial
# diagnosis: infinite
# about: picks the probability of the label first, and takes log 0 then
import torch


def logistic_loss(w, b, x, y01):
    p = torch.sigmoid(x @ w + b)
    return -torch.log(torch.where(y01 > 0, p, 1 - p)).sum()
