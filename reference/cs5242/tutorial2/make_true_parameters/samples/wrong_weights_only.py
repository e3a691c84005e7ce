# verdict: runtime_error
# diagnosis: wrong_type
# about: one vector of weights and bias
import torch


def make_true_parameters(d, device):
    return torch.cat([5 * torch.randn(d, device=device), -2 * torch.randn(1, device=device)])
