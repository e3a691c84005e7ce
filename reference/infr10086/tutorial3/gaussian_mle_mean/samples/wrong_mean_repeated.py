# verdict: partial
# diagnosis: wrong_axis
# about: the mean of everything in every entry (right in one dimension)
import torch


def gaussian_mle_mean(samples):
    n, d = samples.shape
    return samples.mean().repeat(d)
