# verdict: accepted
# about: a running total over the rows
import torch


def gaussian_mle_mean(samples):
    total = torch.zeros_like(samples[0])
    for x in samples:
        total += x
    return total.div_(len(samples))
