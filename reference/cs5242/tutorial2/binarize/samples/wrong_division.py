# verdict: partial
# diagnosis: not_a_number
# about: divides by the absolute value
import torch


def binarize(y):
    return (y / y.abs() + 1) / 2
