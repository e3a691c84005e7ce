# verdict: partial
# about: a sigmoid for each score, then normalised
import torch


def softmax_probability(w_pos, w_neg, x):
    a, b = torch.sigmoid(w_pos @ x), torch.sigmoid(w_neg @ x)
    return a / (a + b)
