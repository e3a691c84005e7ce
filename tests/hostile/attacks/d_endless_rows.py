# expect: zero
# class: R
# question: cs5242/tutorial2/fit_linear_regression
# about: billions of rows without an entry, for a judge that would make a list of them
import torch


def fit_linear_regression(x, y_true, lr, tol, max_steps):
    return torch.empty((2**31, 0))
