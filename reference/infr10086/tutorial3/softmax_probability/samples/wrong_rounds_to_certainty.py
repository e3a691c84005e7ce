# verdict: partial
# about: takes a gap beyond 10 for certainty
import torch


def softmax_probability(w_pos, w_neg, x):
    gap = (w_pos - w_neg) @ x
    if gap.abs() > 10:
        return (gap > 0).to(gap.dtype)
    return torch.sigmoid(gap)
