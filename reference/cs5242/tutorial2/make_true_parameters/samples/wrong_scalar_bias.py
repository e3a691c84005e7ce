# verdict: wrong_answer
# diagnosis: wrong_shape
# about: a bias of shape ()
import torch


def make_true_parameters(d, device):
    return 5 * torch.randn(d, device=device), -2 * torch.randn((), device=device)
