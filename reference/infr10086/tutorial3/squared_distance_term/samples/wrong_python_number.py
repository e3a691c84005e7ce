# verdict: wrong_answer
# diagnosis: wrong_type
# about: .item() gives a float
import torch


def squared_distance_term(samples, mu, var_):
    return (((samples - mu) ** 2).sum() / (2 * var_ * samples.shape[0])).item()
