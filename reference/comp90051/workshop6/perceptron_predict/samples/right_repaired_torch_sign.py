# verdict: accepted
# about: torch.sign, with its zeros replaced
import torch


def perceptron_predict(w, X):
    y = torch.sign(torch.einsum("nd,d->n", X, w))
    y[y == 0] = 1
    return y
