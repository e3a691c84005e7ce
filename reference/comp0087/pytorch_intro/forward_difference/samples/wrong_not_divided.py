# verdict: wrong_answer
# diagnosis: constant_factor
# about: differences, not quotients
import torch


def forward_difference(f, x, eps):
    eye = torch.eye(len(x), dtype=x.dtype)
    return torch.stack([f(x + eps * e) - f(x) for e in eye])
