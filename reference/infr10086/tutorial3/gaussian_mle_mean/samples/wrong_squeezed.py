# verdict: partial
# diagnosis: wrong_shape
# about: squeezes one dimension away altogether
import torch


def gaussian_mle_mean(samples):
    return samples.mean(dim=0).squeeze()
