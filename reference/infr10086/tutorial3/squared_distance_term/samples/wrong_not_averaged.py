# verdict: partial
# diagnosis: sum_for_mean
# about: not divided by n (right for one sample)
import torch


def squared_distance_term(samples, mu, var_):
    return ((samples - mu) ** 2).sum() / (2 * var_)
