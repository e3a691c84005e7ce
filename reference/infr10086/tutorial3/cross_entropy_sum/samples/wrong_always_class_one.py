# verdict: partial
# about: ignores the class
import torch


def cross_entropy_sum(w, x_i, y_i):
    return torch.nn.functional.cross_entropy(w @ x_i, torch.tensor(1))
