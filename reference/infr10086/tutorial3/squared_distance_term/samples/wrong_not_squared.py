# verdict: wrong_answer
# about: distances, not their squares
import torch


def squared_distance_term(samples, mu, var_):
    distances = ((samples - mu) ** 2).sum(dim=1).sqrt()
    return distances.mean() / (2 * var_)
