# verdict: wrong_answer
# about: torch's loss for distances
import torch


def hinge_loss(f, y):
    return torch.nn.functional.hinge_embedding_loss(f, y, margin=1.0, reduction="none")
