# verdict: accepted
# about: the number as a 0-dimensional tensor
import torch


def two_class_log_loss(w, x_i):
    s = torch.tensor(w) @ torch.tensor(x_i)
    return torch.nn.functional.softplus(s[1] - s[0])
