# verdict: wrong_answer
# diagnosis: wrong_value
# about: CrossEntropyLoss gets probabilities where it expects scores
import torch


def cross_entropy_sum(w, x_i, y_i):
    p = torch.softmax(w @ x_i, dim=0)
    return torch.nn.CrossEntropyLoss(reduction="sum")(p, y_i)
