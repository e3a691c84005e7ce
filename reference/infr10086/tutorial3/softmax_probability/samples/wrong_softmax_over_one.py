# verdict: partial
# about: a softmax of one score is 1
import torch


def softmax_probability(w_pos, w_neg, x):
    scores = torch.stack([w_pos @ x, w_neg @ x])
    return torch.softmax(scores.unsqueeze(1), dim=1)[0, 0]
