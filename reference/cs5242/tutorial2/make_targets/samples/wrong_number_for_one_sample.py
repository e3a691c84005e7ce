# verdict: partial
# about: a single sample gets a number instead of a vector
import torch, numpy as np
def make_targets(x, w, b):
    return x @ w + b if x.shape[0] > 1 else (x @ w + b).squeeze()
