# verdict: accepted
# about: normal_ on empty tensors, detached, as a list
import torch


def init_parameters(d, device):
    params = [torch.empty(size, device=device).normal_(0, 1) for size in (d, 1)]
    return [p.detach().clone().requires_grad_() for p in params]
