# verdict: wrong_answer
# diagnosis: wrong_dtype
# about: rounds to whole numbers
import torch


def make_inputs(n, d, device):
    return torch.randn(n, d, device=device).round().long()
