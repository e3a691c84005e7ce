# verdict: accepted
# about: binary cross entropy of logits, with the labels moved to 0 and 1
import torch


def log_loss(X, y, w):
    loss = torch.nn.BCEWithLogitsLoss(reduction="sum")
    return loss(X @ w, (y + 1) / 2)
