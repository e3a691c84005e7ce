# verdict: wrong_answer
# diagnosis: sign
# about: the log-likelihood, to be maximised
import torch


def log_loss(X, y, w):
    return torch.nn.functional.logsigmoid(y * (X @ w)).sum()
