# verdict: partial
# diagnosis: squared
# about: adds a small number before torch.sign, so that small negative scores become positive
import torch


def sign(s):
    return torch.sign(s + 1e-8)
