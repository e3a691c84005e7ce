# verdict: partial
# diagnosis: wrong_value
# about: torch.sign gives 0 for 0
import torch


def sign(s):
    return torch.sign(s)
