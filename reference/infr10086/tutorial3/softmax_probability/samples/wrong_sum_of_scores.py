# verdict: partial
# about: adds the scores
import torch


def softmax_probability(w_pos, w_neg, x):
    return torch.sigmoid(w_pos @ x + w_neg @ x)
