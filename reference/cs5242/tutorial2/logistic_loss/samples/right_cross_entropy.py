# verdict: accepted
# about: two classes with the scores 0 and s
import torch


def logistic_loss(w, b, x, y01):
    s = torch.addmv(b, x, w)
    two = torch.stack([torch.zeros_like(s), s], dim=1)
    return torch.nn.CrossEntropyLoss(reduction="sum")(two, y01.long())
