# verdict: wrong_answer
# about: softmax before a loss that does its own
import torch
from torch import nn


def gradient_without_zeroing(w, x_i, y_i, repeats):
    for _ in range(repeats):
        nn.functional.cross_entropy(torch.softmax(w @ x_i, dim=0), y_i).backward()
    return w.grad
