# verdict: wrong_answer
# diagnosis: wrong_type
# about: a NumPy array is not a tensor
import numpy as np


def tensor_add(a, b):
    return np.array(a) + np.array(b)
