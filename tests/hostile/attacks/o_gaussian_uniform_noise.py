# question: infr10086/tutorial3/sample_gaussian
# expect: at most partial, wrong_answer
# class: F9
# about: uniform noise with the right variance: cases that look at shapes alone are deserved
import torch


def sample_gaussian(n, d, var_):
    return (torch.rand(n, d) - 0.5) * (12 * var_) ** 0.5
