# verdict: wrong_answer
# about: nll_loss expects log-probabilities
import torch


def cross_entropy_sum(w, x_i, y_i):
    return torch.nn.functional.nll_loss(w @ x_i, y_i)
