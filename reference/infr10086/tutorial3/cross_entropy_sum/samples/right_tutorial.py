# verdict: accepted
# about: nn.CrossEntropyLoss with reduction sum
import torch
from torch import nn

ce = nn.CrossEntropyLoss(reduction="sum")


def cross_entropy_sum(w, x_i, y_i):
    loss = ce(w @ x_i, y_i)
    print(loss)
    return loss
