# question: infr10086/tutorial3/nll_gradient
# expect: at most accepted, partial, wrong_answer, runtime_error
# class: F5
# about: changes its inputs and puts them back: purity is looked at afterwards, and only in the student's own process
import math

import torch

def right(samples, mu, var_):
    n, d = samples.shape
    var_ = torch.as_tensor(var_, dtype=samples.dtype)
    constant = d / 2 * math.log(2 * math.pi) + d / 2 * torch.log(var_)
    return constant + ((samples - mu) ** 2).sum() / (2 * var_ * n)

def nll_gradient(samples, mu, var_):
    kept = samples.clone()
    with torch.no_grad():
        samples.zero_().copy_(kept)
    leaf = mu.detach().clone().requires_grad_(True)
    right(samples, leaf, var_).backward()
    return leaf.grad
