# verdict: accepted
# about: the standard library, a list of floats
from statistics import fmean


def gaussian_mle_mean(samples):
    return [fmean(column) for column in zip(*samples.tolist())]
