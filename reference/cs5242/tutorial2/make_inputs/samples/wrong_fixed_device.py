# verdict: partial
# diagnosis: wrong_device
# about: looks for a GPU itself
import torch


def make_inputs(n, d, device):
    place = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.randn(n, d, device=place)
