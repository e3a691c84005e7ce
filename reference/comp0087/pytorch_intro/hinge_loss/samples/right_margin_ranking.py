# verdict: accepted
# about: torch's ranking loss against a score of zero
import torch


def hinge_loss(f, y):
    return torch.nn.functional.margin_ranking_loss(f, torch.zeros_like(f), y, margin=1.0, reduction="none")
