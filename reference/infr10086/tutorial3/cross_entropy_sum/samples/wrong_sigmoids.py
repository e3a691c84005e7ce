# verdict: wrong_answer
# about: a binary cross entropy for each class
import torch


def cross_entropy_sum(w, x_i, y_i):
    target = torch.nn.functional.one_hot(y_i, len(w)).to(w.dtype)
    return torch.nn.functional.binary_cross_entropy_with_logits(w @ x_i, target, reduction="sum")
