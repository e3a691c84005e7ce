# verdict: wrong_answer
# diagnosis: wrong_type
# about: a float
import torch


def indicator_cross_entropy(y, w, x):
    return torch.nn.functional.softplus(-y * (w @ x)).item()
