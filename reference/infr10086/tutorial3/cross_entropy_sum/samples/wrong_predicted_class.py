# verdict: partial
# about: the loss of the class with the highest score
import torch


def cross_entropy_sum(w, x_i, y_i):
    s = w @ x_i
    return torch.nn.functional.cross_entropy(s, s.argmax())
