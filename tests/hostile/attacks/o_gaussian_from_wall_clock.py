# question: infr10086/tutorial3/sample_gaussian
# expect: zero
# class: F9
# about: uniform noise with the right variance
import torch


def sample_gaussian(n, d, var_):
    return (torch.rand(n, d) - 0.5) * (12 * var_) ** 0.5
