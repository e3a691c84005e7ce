# verdict: wrong_answer
# diagnosis: wrong_type
# about: a float
import torch


def softmax_probability(w_pos, w_neg, x):
    return float(torch.sigmoid(w_pos @ x - w_neg @ x))
