# verdict: partial
# about: multiplies by the label, as if labels were 0 and 1 (right for +1)
import torch


def probability(y, w, x):
    return y * torch.sigmoid(w @ x)
