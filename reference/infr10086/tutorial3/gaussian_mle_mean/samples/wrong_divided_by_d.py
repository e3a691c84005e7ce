# verdict: partial
# about: divided by the number of dimensions (right where that is the number of samples)
import torch


def gaussian_mle_mean(samples):
    n, d = samples.shape
    return samples.sum(dim=0) / d
