# verdict: partial
# diagnosis: wrong_shape
# about: a single prediction loses its dimension
import torch


def perceptron_predict(w, X):
    s = (X @ w.reshape(-1, 1)).squeeze()
    return torch.where(s >= 0, torch.ones_like(s), -torch.ones_like(s))
