# verdict: runtime_error
# diagnosis: exception
# about: .numpy() of a tensor that requires a gradient raises
import numpy as np


def weighted_dot(x, y, z):
    return np.dot(x.numpy() * y.numpy(), z.numpy())
