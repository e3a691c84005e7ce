# verdict: partial
# diagnosis: wrong_shape
# about: a batch of one, not reduced: shape (1,)
import torch


def cross_entropy_sum(w, x_i, y_i):
    ce = torch.nn.CrossEntropyLoss(reduction="none")
    return ce((w @ x_i).unsqueeze(0), y_i.unsqueeze(0))
