# verdict: accepted
# about: fills empty memory on the device
import torch


def make_inputs(n, d, device):
    return torch.empty((n, d), device=device).normal_()
