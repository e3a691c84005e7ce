# verdict: wrong_answer
# about: the logarithm of the probability
import torch


def probability(y, w, x):
    return torch.nn.functional.logsigmoid(y * torch.dot(w, x))
