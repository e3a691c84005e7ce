# verdict: wrong_answer
# about: absolute differences
import torch


def squared_distance_term(samples, mu, var_):
    return (samples - mu).abs().sum() / (2 * var_ * samples.shape[0])
