# verdict: partial
# diagnosis: wrong_value
# about: the median (right for one sample)
import torch


def gaussian_mle_mean(samples):
    return samples.median(dim=0).values
