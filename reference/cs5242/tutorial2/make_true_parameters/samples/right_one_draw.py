# verdict: accepted
# about: one draw for both, scaled in place and cut, with gradients wanted
import torch


def make_true_parameters(d, device):
    all_of_them = torch.randn(d + 1, dtype=torch.float64)
    all_of_them[:d] *= 5
    all_of_them[d:] *= -2
    w, b = all_of_them.to(device).split([d, 1])
    return w.clone().requires_grad_(), b.clone().requires_grad_()
