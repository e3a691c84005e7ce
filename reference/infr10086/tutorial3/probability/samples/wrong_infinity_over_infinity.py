# verdict: partial
# diagnosis: not_a_number
# about: exp(m) / (1 + exp(m)): not a number for a large margin
import torch


def probability(y, w, x):
    e = torch.exp(y * torch.dot(w, x))
    return e / (1 + e)
