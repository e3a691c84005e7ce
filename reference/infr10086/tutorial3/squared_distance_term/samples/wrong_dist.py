# verdict: partial
# diagnosis: forbidden_operation
# about: torch.dist of all samples to mu
import torch


def squared_distance_term(samples, mu, var_):
    return torch.dist(samples, mu.expand_as(samples)) ** 2 / (2 * var_ * samples.shape[0])
