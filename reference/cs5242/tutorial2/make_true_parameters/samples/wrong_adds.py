# verdict: partial
# diagnosis: constant_offset
# about: adds 5 and -2 where it should multiply
import torch


def make_true_parameters(d, device):
    return 5 + torch.randn(d, device=device), -2 + torch.randn(1, device=device)
