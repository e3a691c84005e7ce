# verdict: accepted
# about: NumPy counts, and answers with one of its integers
import numpy as np


def tensor_order(x):
    return np.int64(np.ndim(x.detach().numpy()))
