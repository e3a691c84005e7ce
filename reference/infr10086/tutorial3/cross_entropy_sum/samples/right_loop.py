# verdict: accepted
# about: a loop over the classes, shifted by the largest score
import torch


def cross_entropy_sum(weights, x, label):
    scores = [sum(a * b for a, b in zip(row, x)) for row in weights]
    top = max(s.item() for s in scores)
    total = 0
    for s in scores:
        total = total + torch.exp(s - top)
    return torch.log(total) + top - scores[int(label)]
