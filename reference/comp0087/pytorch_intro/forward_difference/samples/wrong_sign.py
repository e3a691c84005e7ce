# verdict: wrong_answer
# diagnosis: sign
# about: subtracts the upper value
import torch


def forward_difference(f, x, eps):
    eye = torch.eye(len(x), dtype=x.dtype)
    return torch.stack([(f(x) - f(x + eps * e)) / eps for e in eye])
