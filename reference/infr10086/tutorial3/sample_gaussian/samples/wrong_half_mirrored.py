# verdict: partial
# diagnosis: repeated_draw
# about: half of the rows are the other half with the sign turned
import torch


def sample_gaussian(n, d, var_):
    half = torch.randn((n + 1) // 2, d)
    return torch.cat([half, -half])[:n] * var_ ** 0.5
