# verdict: accepted
# about: the trace of a matrix product
import torch


def squared_distance_term(samples, mu, var_):
    n = samples.shape[0]
    z = samples - mu
    return torch.trace(z @ z.T) / (2 * n * var_)
