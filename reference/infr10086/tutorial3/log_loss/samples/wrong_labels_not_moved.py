# verdict: wrong_answer
# about: binary cross entropy with labels of +1 and -1
import torch


def log_loss(X, y, w):
    return torch.nn.functional.binary_cross_entropy_with_logits(X @ w, y, reduction="sum")
