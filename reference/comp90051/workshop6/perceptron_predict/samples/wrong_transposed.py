# verdict: partial
# diagnosis: exception
# about: the product from the other side: other samples where X is square, an error elsewhere
import torch


def perceptron_predict(w, X):
    s = w @ X
    return torch.where(s >= 0, torch.ones_like(s), -torch.ones_like(s))
