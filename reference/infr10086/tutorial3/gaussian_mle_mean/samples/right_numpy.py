# verdict: accepted
# about: NumPy's average, as an array
import numpy as np


def gaussian_mle_mean(samples):
    return np.average(samples.numpy(), axis=0)
