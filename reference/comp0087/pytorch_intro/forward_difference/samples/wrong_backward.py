# verdict: wrong_answer
# about: steps down
import torch


def forward_difference(f, x, eps):
    return torch.stack([(f(x) - f(x - eps * e)) / eps for e in torch.eye(len(x), dtype=x.dtype)])
