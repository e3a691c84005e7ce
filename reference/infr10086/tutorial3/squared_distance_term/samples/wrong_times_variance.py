# verdict: wrong_answer
# about: 0.5 * var_ in place of 0.5 / var_
import torch


def squared_distance_term(samples, mu, var_):
    return 0.5 * var_ * ((samples - mu) ** 2).sum() / samples.shape[0]
