# verdict: partial
# diagnosis: wrong_value
# about: cuts the scores off before the exponentials: two large scores become equal
import torch


def softmax_probability(w_pos, w_neg, x):
    e_pos = torch.exp((w_pos @ x).clamp(-80, 80))
    e_neg = torch.exp((w_neg @ x).clamp(-80, 80))
    return e_pos / (e_pos + e_neg)
