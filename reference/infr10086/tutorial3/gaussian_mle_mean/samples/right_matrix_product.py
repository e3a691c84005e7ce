# verdict: accepted
# about: a row of 1/n times the samples
import torch


def gaussian_mle_mean(xs):
    weights = torch.full((xs.shape[0],), 1 / xs.shape[0], dtype=xs.dtype)
    return weights @ xs
