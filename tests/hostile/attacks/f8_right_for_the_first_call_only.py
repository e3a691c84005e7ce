# expect: at most partial, wrong_answer
# class: F8
# about: computes once and answers from memory ever after: at most one case is deserved
import math

import torch

def right(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    constant = d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
    return constant + ((samples - mu) ** 2).sum() / (2 * var_ * n)

memo = []


def neg_log_likelihood(samples, mu, var_):
    if not memo:
        memo.append(right(samples, mu, var_).detach())
        return right(samples, mu, var_)
    return memo[0].to(mu.dtype) + (mu * 0).sum()
