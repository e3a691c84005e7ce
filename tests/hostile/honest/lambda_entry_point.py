# about: the entry point is a lambda with other parameter names
import math

import torch

neg_log_likelihood = lambda X, m, v: (
    X.shape[1] / 2 * (math.log(2 * math.pi) + torch.log(torch.as_tensor(v, dtype=m.dtype)))
    + (X - m).square().sum() / (2 * v * len(X))
)
