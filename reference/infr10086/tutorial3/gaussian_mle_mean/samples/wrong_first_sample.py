# verdict: partial
# diagnosis: wrong_value
# about: the first sample (right if there is no other)
import torch


def gaussian_mle_mean(samples):
    return samples[0]
