# verdict: accepted
# about: changes y in place and returns it
import torch, numpy as np
def binarize(y):
    y[y > 0] = 1.0
    y[y < 0] = 0.0
    return y
