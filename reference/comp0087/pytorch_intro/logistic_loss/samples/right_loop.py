# verdict: accepted
# about: one entry after the other, with a case split by the sign
import torch


def logistic_loss(f, y):
    losses = []
    for score, label in zip(f, y):
        margin = score * label
        if margin > 0:
            losses.append(torch.log1p(torch.exp(-margin)))
        else:
            losses.append(-margin + torch.log1p(torch.exp(margin)))
    return torch.stack(losses)
