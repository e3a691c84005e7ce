# verdict: wrong_answer
# diagnosis: sign
# about: subtracts the upper value from the lower one
import torch


def central_difference(f, x, eps):
    eye = torch.eye(len(x), dtype=x.dtype)
    return torch.stack([(f(x - eps * e) - f(x + eps * e)) / (2 * eps) for e in eye])
