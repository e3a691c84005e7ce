# verdict: wrong_answer
# diagnosis: wrong_shape
# about: both probabilities
import torch


def softmax_probability(w_pos, w_neg, x):
    return torch.softmax(torch.stack([w_pos @ x, w_neg @ x]), dim=0)
