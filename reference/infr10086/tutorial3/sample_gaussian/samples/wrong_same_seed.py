# verdict: partial
# diagnosis: repeated_draw
# about: sets the seed in the function: every call draws the same (only the shape of one number earns a point)
import torch


def sample_gaussian(n, d, var_):
    torch.manual_seed(42)
    return torch.randn(n, d) * var_ ** 0.5
