# verdict: partial
# about: mu is broadcast along the wrong dimension: wrong for a square of samples, an error for most other shapes
import torch


def squared_distance_term(samples, mu, var_):
    return ((samples - mu[:, None]) ** 2).sum() / (2 * var_ * samples.shape[0])
