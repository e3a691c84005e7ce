# verdict: partial
# diagnosis: detached
# about: a number, wrapped into a tensor
import torch


def softmax_probability(w_pos, w_neg, x):
    p = torch.sigmoid(w_pos @ x - w_neg @ x)
    return torch.tensor(p.item(), dtype=x.dtype)
