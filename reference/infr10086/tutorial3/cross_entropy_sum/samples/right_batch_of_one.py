# verdict: accepted
# about: log_softmax and nll_loss of a batch of one
import torch
import torch.nn.functional as F


def cross_entropy_sum(w, x_i, y_i):
    scores = F.linear(x_i.unsqueeze(0), w)
    return F.nll_loss(F.log_softmax(scores, dim=1), y_i.reshape(1), reduction="sum")
