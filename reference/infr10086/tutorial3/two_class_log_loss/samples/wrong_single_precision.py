# verdict: partial
# about: computes in float32
import torch


def two_class_log_loss(w, x_i):
    s = torch.Tensor(w) @ torch.Tensor(x_i)
    return torch.nn.functional.softplus(s[1] - s[0]).item()
