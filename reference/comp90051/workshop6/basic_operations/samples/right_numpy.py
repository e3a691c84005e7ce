# verdict: accepted
# about: NumPy arrays, inside and in the result
import numpy as np


def basic_operations(a, b):
    a, b = a.numpy(), b.numpy()
    return dict(sum=a + b, product=np.multiply(a, b), matmul=a.dot(b), row_means=a.mean(axis=-1), transpose=a.T)
