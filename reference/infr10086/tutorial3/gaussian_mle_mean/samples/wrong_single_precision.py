# verdict: partial
# diagnosis: low_precision
# about: adds up in a float32 tensor
import torch


def gaussian_mle_mean(samples):
    total = torch.zeros(samples.shape[1])
    for x in samples:
        total += x
    return (total / len(samples)).to(samples.dtype)
