# verdict: wrong_answer
# about: takes var_ for the standard deviation
import torch


def squared_distance_term(samples, mu, var_):
    return ((samples - mu) / var_).square().sum() / (2 * samples.shape[0])
