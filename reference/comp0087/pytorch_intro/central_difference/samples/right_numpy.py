# verdict: accepted
# about: numpy arrays inside, a tensor for every call of f
import numpy as np
import torch


def central_difference(f, x, eps):
    base = x.numpy()
    out = np.zeros_like(base)
    for i in range(base.shape[0]):
        e = np.zeros_like(base)
        e[i] = eps
        hi = float(f(torch.from_numpy(base + e)))
        lo = float(f(torch.from_numpy(base - e)))
        out[i] = (hi - lo) / eps / 2
    return torch.from_numpy(out)
