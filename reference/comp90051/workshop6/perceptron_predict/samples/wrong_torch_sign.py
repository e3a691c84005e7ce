# verdict: partial
# diagnosis: wrong_value
# about: torch.sign(0) is 0
import torch


def perceptron_predict(w, X):
    return torch.sign(X @ w)
