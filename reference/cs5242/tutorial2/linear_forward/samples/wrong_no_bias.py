# verdict: wrong_answer
# diagnosis: missing_gradient
# about: forgets the bias
import torch


def linear_forward(x, w, b):
    return torch.matmul(x, w)
