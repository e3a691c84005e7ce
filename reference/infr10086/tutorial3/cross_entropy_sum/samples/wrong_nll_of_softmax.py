# verdict: wrong_answer
# about: nll_loss of probabilities: the probability with a minus
import torch


def cross_entropy_sum(w, x_i, y_i):
    return torch.nn.functional.nll_loss(torch.softmax(w @ x_i, 0), y_i)
