# verdict: partial
# about: linear layers only, shared ones for each of them
import torch


def count_parameters(module):
    total = 0
    for m in module.modules():
        if isinstance(m, torch.nn.Linear):
            total += sum(p.numel() for p in m.parameters() if p.requires_grad)
    return total
