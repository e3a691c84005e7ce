# verdict: partial
# diagnosis: infinite
# about: torch's soft margin loss overflows as well
import torch


def logistic_loss(f, y):
    return torch.nn.functional.soft_margin_loss(f, y, reduction="none")
