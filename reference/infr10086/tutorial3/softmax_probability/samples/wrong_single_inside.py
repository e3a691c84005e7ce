# verdict: partial
# diagnosis: low_precision
# about: computes in float32 and converts back
import torch


def softmax_probability(w_pos, w_neg, x):
    gap = w_pos.float() @ x.float() - w_neg.float() @ x.float()
    return torch.sigmoid(gap).to(x.dtype)
