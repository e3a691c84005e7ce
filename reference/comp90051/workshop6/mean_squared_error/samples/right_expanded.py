# verdict: accepted
# about: the square multiplied out, which loses digits at a high level
import torch, numpy as np
import torch.nn.functional as F
def mean_squared_error(p, t):
    return (p.square() - 2 * p * t + t.square()).mean()
