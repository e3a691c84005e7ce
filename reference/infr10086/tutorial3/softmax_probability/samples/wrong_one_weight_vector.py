# verdict: partial
# about: ignores w_neg (right far from zero)
import torch


def softmax_probability(w_pos, w_neg, x):
    return torch.sigmoid(w_pos @ x)
