# verdict: partial
# diagnosis: wrong_axis
# about: the mean of each sample (right for one sample in one dimension)
import torch


def gaussian_mle_mean(samples):
    return samples.mean(dim=1)
