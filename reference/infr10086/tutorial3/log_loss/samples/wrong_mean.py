# verdict: partial
# diagnosis: mean_for_sum
# about: the mean over the examples (right for one example)
import torch


def log_loss(X, y, w):
    return -torch.nn.functional.logsigmoid(y * (X @ w)).mean()
