# verdict: wrong_answer
# diagnosis: wrong_type
# about: a NumPy array, not a tensor
import numpy as np


def sample_gaussian(n, d, var_):
    return np.random.standard_normal((n, d)) * np.sqrt(var_)
