# verdict: partial
# diagnosis: wrong_value
# about: a small number inside the logarithm: an improbable class costs 18 at most
import torch


def cross_entropy_sum(w, x_i, y_i):
    p = torch.softmax(w @ x_i, dim=0)
    return -torch.log(p[y_i] + 1e-8)
