# verdict: accepted
# about: torch.normal with the standard deviations
import torch


def make_true_parameters(d, device):
    w_true = torch.normal(mean=0.0, std=5.0, size=(d,), device=device)
    b_true = torch.normal(mean=0.0, std=2.0, size=(1,), device=device)
    return [w_true, b_true]
