# verdict: partial
# diagnosis: forbidden_operation
# about: the distance matrix between the samples and mu
import torch


def squared_distance_term(samples, mu, var_):
    distances = torch.cdist(samples, mu[None, :])
    return (distances ** 2).sum() / (2 * var_ * len(samples))
