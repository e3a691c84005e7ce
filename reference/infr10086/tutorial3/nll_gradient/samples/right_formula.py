# verdict: accepted
# about: worked out by hand, in NumPy
import numpy as np
import torch


def nll_gradient(samples, mu, var_):
    difference = mu.detach().numpy() - samples.numpy().mean(axis=0)
    return torch.from_numpy(np.asarray(difference / float(var_), dtype=difference.dtype))
