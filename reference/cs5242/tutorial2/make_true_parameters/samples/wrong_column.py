# verdict: wrong_answer
# diagnosis: wrong_shape
# about: weights of shape (d, 1)
import torch


def make_true_parameters(d, device):
    return 5 * torch.randn(d, 1, device=device), -2 * torch.randn(1, device=device)
