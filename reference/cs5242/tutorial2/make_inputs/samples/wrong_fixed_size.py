# verdict: partial
# diagnosis: wrong_shape
# about: the sizes of the tutorial, whatever is asked for
import torch


def make_inputs(n, d, device):
    return torch.randn(10, 3, device=device)
