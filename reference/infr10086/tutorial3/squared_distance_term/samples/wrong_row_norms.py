# verdict: partial
# diagnosis: forbidden_operation
# about: one norm a row
import torch


def squared_distance_term(samples, mu, var_):
    return (samples - mu).norm(dim=1).pow(2).mean() / (2 * var_)
