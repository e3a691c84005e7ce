# verdict: partial
# about: an off-by-one in the loop
import torch


def gaussian_mle_mean(samples):
    n = samples.shape[0]
    total = samples[0] / n
    for i in range(1, n - 1):
        total = total + samples[i] / n
    return total
