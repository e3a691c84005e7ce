# verdict: wrong_answer
# diagnosis: wrong_shape
# about: the gradient with respect to the example
import torch
from torch import nn


def gradient_without_zeroing(w, x_i, y_i, repeats):
    x_i = x_i.clone().requires_grad_()
    for _ in range(repeats):
        nn.functional.cross_entropy(w @ x_i, y_i).backward()
    return x_i.grad
