# verdict: wrong_answer
# diagnosis: constant_factor
# about: divides by twice the step, as for the two-sided quotient
import torch


def forward_difference(f, x, eps):
    eye = torch.eye(len(x), dtype=x.dtype)
    return torch.stack([(f(x + eps * e) - f(x)) / (2 * eps) for e in eye])
