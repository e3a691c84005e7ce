# verdict: wrong_answer
# diagnosis: wrong_dtype
# about: cuts the draws to integers
import torch


def sample_gaussian(n, d, var_):
    return (torch.randn(n, d) * var_ ** 0.5).long()
