# verdict: partial
# about: computes in float32 and converts back
import torch


def squared_distance_term(samples, mu, var_):
    z = samples.float() - mu.float()
    return ((z * z).sum() / (2 * var_ * len(samples))).to(mu.dtype)
