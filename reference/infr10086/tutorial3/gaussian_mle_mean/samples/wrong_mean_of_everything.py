# verdict: wrong_answer
# diagnosis: wrong_axis
# about: one number (only with one dimension is it even of the right value)
import torch


def gaussian_mle_mean(samples):
    return samples.mean()
