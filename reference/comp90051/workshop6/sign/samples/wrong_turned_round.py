# verdict: wrong_answer
# diagnosis: sign
# about: the two classes are swapped
import torch


def sign(s):
    return torch.where(s < 0, torch.ones_like(s), -torch.ones_like(s))
