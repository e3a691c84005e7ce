# verdict: accepted
# about: NumPy arrays inside
import numpy as np
import torch


def rmsprop_step(p, g, v, lr, alpha, eps):
    p, g, v = (np.array(t) for t in (p, g, v))
    v = alpha * v + (1 - alpha) * np.square(g)
    return torch.from_numpy(p - lr * g / (np.sqrt(v) + eps)), torch.from_numpy(v)
