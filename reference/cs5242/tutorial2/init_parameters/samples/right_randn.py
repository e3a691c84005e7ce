# verdict: accepted
# about: everything in one call of randn
import torch


def init_parameters(d, device):
    return (
        torch.randn(d, requires_grad=True, device=device),
        torch.randn((1,), requires_grad=True, device=device),
    )
