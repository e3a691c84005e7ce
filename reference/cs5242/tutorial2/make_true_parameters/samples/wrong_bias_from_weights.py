# verdict: partial
# diagnosis: repeated_draw
# about: scales the first draw of the weights again for the bias
import torch


def make_true_parameters(d, device):
    z = torch.randn(d, device=device)
    return 5 * z, -2 * z[:1]
