# expect: zero
# class: R
# about: 16 dimensions inside 20 lists: more than NumPy iterates over
import torch


def neg_log_likelihood(samples, mu, var_):
    answer = torch.zeros((1,) * 16)
    for _ in range(20):
        answer = [answer]
    return answer
