# verdict: accepted
# about: weight and bias by hand
import torch


def linear_layer_loss(w, x, y):
    s = w.weight @ x + w.bias
    return torch.logsumexp(s, dim=0) - s[y]
