# verdict: accepted
# about: torch.softmax of both scores
import torch


def softmax_probability(w_pos, w_neg, x):
    scores = torch.stack([w_neg, w_pos]) @ x
    return torch.softmax(scores, dim=0)[1]
