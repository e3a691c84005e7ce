# verdict: wrong_answer
# diagnosis: wrong_dtype
# about: torch.where of two Python ints gives int64
import torch


def perceptron_predict(w, X):
    return torch.where(X @ w >= 0, 1, -1)
