# verdict: accepted
# about: the formula, sum and division
import torch


def gaussian_mle_mean(samples):
    n, d = samples.shape
    return torch.sum(samples, 0) / n
