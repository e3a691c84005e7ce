# expect: at most memory_limit, runtime_error, wrong_answer
# class: R
# about: answers a tensor of a billion elements
import torch


def neg_log_likelihood(samples, mu, var_):
    return torch.zeros(10**9) + mu.sum() * 0
