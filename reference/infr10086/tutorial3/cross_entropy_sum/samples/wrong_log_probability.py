# verdict: partial
# diagnosis: sign
# about: the log-probability
import torch


def cross_entropy_sum(w, x_i, y_i):
    return torch.log_softmax(w @ x_i, 0)[y_i]
