# verdict: partial
# diagnosis: repeated_draw
# about: no random numbers at all
import torch


def make_true_parameters(d, device):
    return 5 * torch.ones(d, device=device), -2 * torch.ones(1, device=device)
