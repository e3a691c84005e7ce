# verdict: partial
# about: takes a class that is 10 ahead of all others for certain
import torch
from torch.nn.functional import cross_entropy


def cross_entropy_sum(w, x_i, y_i):
    scores = w @ x_i
    ahead = scores[y_i] - scores[torch.arange(len(scores)) != y_i].max()
    if ahead > 10:
        return 0.0 * scores.sum()
    return cross_entropy(scores, y_i)
