# verdict: accepted
# about: torch's binary cross entropy of logits, with labels mapped to 0 and 1
import torch


def logistic_loss(f, y):
    return torch.nn.functional.binary_cross_entropy_with_logits(f, (y + 1) / 2, reduction="none")
