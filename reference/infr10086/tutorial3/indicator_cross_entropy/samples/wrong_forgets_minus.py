# verdict: wrong_answer
# diagnosis: sign
# about: the log-probability
import torch


def indicator_cross_entropy(y, w, x):
    return torch.nn.functional.logsigmoid(y * torch.dot(w, x))
