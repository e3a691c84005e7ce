# verdict: accepted
# about: cross entropy of two classes
import torch


def log_loss(X, y, w):
    scores = torch.stack([torch.zeros(len(X), dtype=X.dtype), X.matmul(w)], dim=1)
    return torch.nn.functional.cross_entropy(scores, (y > 0).long(), reduction="sum")
