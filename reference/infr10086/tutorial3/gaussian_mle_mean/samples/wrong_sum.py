# verdict: partial
# diagnosis: sum_for_mean
# about: not divided by n (right for one sample)
import torch


def gaussian_mle_mean(samples):
    return samples.sum(dim=0)
