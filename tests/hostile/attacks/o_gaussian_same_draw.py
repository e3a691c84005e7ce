# question: infr10086/tutorial3/sample_gaussian
# expect: at most partial, wrong_answer
# class: F8
# about: one draw, kept and given again: statistical checks of a single call cannot tell
import torch

kept = {}


def sample_gaussian(n, d, var_):
    if (n, d) not in kept:
        kept[n, d] = torch.randn(n, d) * var_**0.5
    return kept[n, d]
