# verdict: wrong_answer
# diagnosis: wrong_shape
# about: keeps the reduced dimension
import torch


def gaussian_mle_mean(samples):
    return samples.mean(dim=0, keepdim=True)
