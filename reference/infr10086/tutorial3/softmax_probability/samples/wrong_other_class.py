# verdict: wrong_answer
# about: the probability of class -1
import torch


def softmax_probability(w_pos, w_neg, x):
    return 1 / (1 + torch.exp(w_pos @ x - w_neg @ x))
