# verdict: wrong_answer
# about: moves all entries together
import torch


def gradients_agree(f, grad_f, x, eps, tol):
    numeric = (f(x + eps) - f(x - eps)) / (2 * eps)
    return (grad_f(x) - numeric).abs().max().item() <= tol
