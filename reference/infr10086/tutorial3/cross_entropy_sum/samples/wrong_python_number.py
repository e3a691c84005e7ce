# verdict: wrong_answer
# diagnosis: wrong_type
# about: a float
import torch


def cross_entropy_sum(w, x_i, y_i):
    return torch.nn.functional.cross_entropy(w @ x_i, y_i).item()
