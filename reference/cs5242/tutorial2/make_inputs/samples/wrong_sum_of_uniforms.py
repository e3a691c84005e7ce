# verdict: partial
# diagnosis: wrong_distribution
# about: a sum of three uniform numbers: the first three moments are right
import torch


def make_inputs(n, d, device):
    return 2 * (torch.rand(n, d, 3, device=device).sum(dim=2) - 1.5)
