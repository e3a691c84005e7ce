# verdict: partial
# diagnosis: constant_factor
# about: the normaliser is taken for a constant
import torch


def softmax_probability(w_pos, w_neg, x):
    scores = torch.stack([w_pos @ x, w_neg @ x])
    return torch.exp(scores[0] - torch.logsumexp(scores, 0).detach())
