# verdict: partial
# diagnosis: repeated_draw
# about: seeds on every call
import torch


def make_true_parameters(d, device):
    torch.manual_seed(42)
    return 5 * torch.randn(d, device=device), -2 * torch.randn(1, device=device)
