# verdict: wrong_answer
# about: the second entry of a softmax whose first is class +1
import torch


def softmax_probability(w_pos, w_neg, x):
    return torch.softmax(torch.stack([w_pos @ x, w_neg @ x]), 0)[1]
