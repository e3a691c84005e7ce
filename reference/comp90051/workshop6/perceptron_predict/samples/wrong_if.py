# verdict: partial
# diagnosis: exception
# about: if wants one truth value
import torch


def perceptron_predict(w, X):
    s = X @ w
    if s >= 0:
        return torch.ones_like(s)
    return -torch.ones_like(s)
