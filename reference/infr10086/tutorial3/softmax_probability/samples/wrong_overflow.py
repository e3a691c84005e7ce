# verdict: partial
# diagnosis: not_a_number
# about: the left side of eq. (9): infinity over infinity
import torch


def softmax_probability(w_pos, w_neg, x):
    e_pos = torch.exp(w_pos @ x)
    e_neg = torch.exp(w_neg @ x)
    return e_pos / (e_pos + e_neg)
