# verdict: partial
# diagnosis: repeated_draw
# about: seeds on every call
import torch


def make_inputs(n, d, device):
    torch.manual_seed(0)
    return torch.randn(n, d, device=device)
