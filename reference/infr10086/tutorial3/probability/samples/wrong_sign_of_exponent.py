# verdict: wrong_answer
# about: exp(y wx): the other label's probability
import torch


def probability(y, w, x):
    return 1 / (1 + torch.exp(y * torch.dot(w, x)))
