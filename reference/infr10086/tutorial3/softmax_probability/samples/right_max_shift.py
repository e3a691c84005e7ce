# verdict: accepted
# about: both scores shifted by the larger one
import torch


def softmax_probability(a, b, x):
    s = torch.stack(((a * x).sum(), (b * x).sum()))
    e = torch.exp(s - s.max())
    return e[0] / e.sum()
