# verdict: partial
# diagnosis: mean_for_sum
# about: averages over all n*d entries (right in one dimension)
import torch


def squared_distance_term(samples, mu, var_):
    return ((samples - mu) ** 2).mean() / (2 * var_)
