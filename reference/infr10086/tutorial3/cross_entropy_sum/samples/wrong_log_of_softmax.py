# verdict: partial
# diagnosis: infinite
# about: the logarithm of a probability that has become 0
import torch


def cross_entropy_sum(w, x_i, y_i):
    return -torch.log(torch.softmax(w @ x_i, dim=0)[y_i])
