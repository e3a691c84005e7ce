# verdict: partial
# diagnosis: missing_gradient
# about: no gradient reaches w_neg
import torch


def softmax_probability(w_pos, w_neg, x):
    return torch.sigmoid(w_pos @ x - (w_neg @ x).item())
