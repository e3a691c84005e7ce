# verdict: partial
# about: takes parameters with equal values for one
import torch


def count_parameters(module):
    different = []
    for p in module.parameters():
        if p.requires_grad and not any(torch.equal(p, q) for q in different):
            different.append(p)
    return sum(p.numel() for p in different)
