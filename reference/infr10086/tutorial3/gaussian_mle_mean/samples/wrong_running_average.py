# verdict: partial
# diagnosis: wrong_value
# about: averages the average with the next sample: later ones count more
import torch


def gaussian_mle_mean(samples):
    mean = samples[0]
    for x in samples[1:]:
        mean = (mean + x) / 2
    return mean
