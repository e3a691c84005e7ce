# verdict: wrong_answer
# diagnosis: constant_factor
# about: forgets the 1/2
import torch


def squared_distance_term(samples, mu, var_):
    return ((samples - mu) ** 2).sum() / (var_ * samples.shape[0])
