# verdict: partial
# about: one prediction from the sum of all scores
import torch


def perceptron_predict(w, X):
    s = (X @ w).sum()
    return torch.ones(len(X), dtype=X.dtype) * (1 if s >= 0 else -1)
