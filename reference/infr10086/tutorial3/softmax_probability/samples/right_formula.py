# verdict: accepted
# about: the right side of eq. (9): one over infinity is 0
import torch


def softmax_probability(w_pos, w_neg, x):
    return 1 / (1 + torch.exp(w_neg @ x - w_pos @ x))
