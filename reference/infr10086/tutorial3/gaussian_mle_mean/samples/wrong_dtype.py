# verdict: partial
# diagnosis: wrong_dtype
# about: float32 whatever comes in
import torch


def gaussian_mle_mean(samples):
    return samples.float().mean(dim=0)
