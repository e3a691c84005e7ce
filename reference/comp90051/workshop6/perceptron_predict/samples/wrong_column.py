# verdict: wrong_answer
# diagnosis: wrong_shape
# about: a column of predictions
import torch


def perceptron_predict(w, X):
    s = X @ w.unsqueeze(1)
    return torch.where(s >= 0, torch.ones_like(s), -torch.ones_like(s))
