# verdict: wrong_answer
# about: treats the probabilities as scores
import torch


def binary_cross_entropy(f, y):
    return torch.nn.functional.binary_cross_entropy_with_logits(f, y, reduction="none")
