# verdict: wrong_answer
# about: the variance of the samples: mu plays no role
import torch


def squared_distance_term(samples, mu, var_):
    z = samples - samples.mean(dim=0)
    return (z * z).sum() / (2 * var_ * samples.shape[0])
