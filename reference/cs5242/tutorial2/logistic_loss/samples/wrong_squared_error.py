# verdict: wrong_answer
# about: squared error of the probabilities
import torch


def logistic_loss(w, b, x, y01):
    return ((torch.sigmoid(x @ w + b) - y01) ** 2).sum()
