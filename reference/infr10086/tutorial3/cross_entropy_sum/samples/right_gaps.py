# verdict: accepted
# about: logsumexp of the gaps to the score of the class
import torch


def cross_entropy_sum(w, x_i, y_i):
    return torch.logsumexp((w - w[y_i]) @ x_i, -1)
