# verdict: partial
# diagnosis: low_precision
# about: computes in float32 and converts back
import torch


def least_squares(f, y):
    return (0.5 * (f.float() - y.float()) ** 2).to(f.dtype)
