# verdict: partial
# diagnosis: wrong_shape
# about: one number a sample; the summed gradient is right
import torch


def squared_distance_term(samples, mu, var_):
    return ((samples - mu) ** 2).sum(dim=1) / (2 * var_ * samples.shape[0])
