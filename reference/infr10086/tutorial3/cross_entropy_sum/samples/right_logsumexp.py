# verdict: accepted
# about: logsumexp less the score of the class, computed on its own
import torch


def cross_entropy_sum(w, x_i, y_i):
    return torch.logsumexp(torch.mv(w, x_i), dim=0) - torch.dot(w[y_i], x_i)
