# verdict: partial
# about: the formula for two classes, whatever their number
import torch


def cross_entropy_sum(w, x_i, y_i):
    s = w @ x_i
    return torch.nn.functional.softplus(s[1 - y_i] - s[y_i])
