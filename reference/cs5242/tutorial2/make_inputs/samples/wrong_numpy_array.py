# verdict: runtime_error
# diagnosis: wrong_type
# about: an array, which has no device
import numpy as np


def make_inputs(n, d, device):
    return np.random.randn(n, d)
