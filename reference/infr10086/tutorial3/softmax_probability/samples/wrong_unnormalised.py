# verdict: partial
# about: the ratio of the exponentials (infinite where class +1 is far ahead)
import torch


def softmax_probability(w_pos, w_neg, x):
    return torch.exp(w_pos @ x - w_neg @ x)
