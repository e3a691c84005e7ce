# verdict: partial
# diagnosis: exception
# about: x_i @ w does not fit unless there are as many classes as features
import torch


def cross_entropy_sum(w, x_i, y_i):
    return torch.nn.functional.cross_entropy(x_i @ w, y_i)
