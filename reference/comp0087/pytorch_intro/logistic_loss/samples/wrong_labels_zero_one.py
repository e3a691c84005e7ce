# verdict: wrong_answer
# about: the loss for labels 0 and 1
import torch


def logistic_loss(f, y):
    return torch.nn.functional.binary_cross_entropy_with_logits(f, y, reduction="none")
