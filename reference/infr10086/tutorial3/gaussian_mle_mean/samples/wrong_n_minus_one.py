# verdict: wrong_answer
# about: divided by n - 1, as variances are
import torch


def gaussian_mle_mean(samples):
    return samples.sum(dim=0) / (len(samples) - 1)
