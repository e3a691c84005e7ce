# verdict: wrong_answer
# diagnosis: wrong_shape
# about: a column of quotients
import torch


def forward_difference(f, x, eps):
    eye = torch.eye(len(x), dtype=x.dtype)
    return torch.stack([(f(x + eps * e) - f(x)).reshape(1) / eps for e in eye])
