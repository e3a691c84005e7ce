# expect: at most runtime_error, wrong_answer
# class: R
# about: a gradient hook that leaves with exit status 0 while the harness differentiates
import os

import torch


def neg_log_likelihood(samples, mu, var_):
    result = (mu * 0).sum() + 41.0
    result.register_hook(lambda g: os._exit(0))
    return result
