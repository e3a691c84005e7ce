# verdict: partial
# about: scores as a column times labels as a row: n by n margins (right for one example)
import torch


def log_loss(X, y, w):
    scores = X @ w.unsqueeze(1)
    return torch.nn.functional.softplus(-y * scores).sum()
