# verdict: accepted
# about: NumPy arrays inside
import numpy as np
import torch


def adagrad_step(p, g, s, lr, eps):
    p, g, s = (np.array(t) for t in (p, g, s))
    s += np.square(g)
    rate = lr / (np.sqrt(s) + eps)
    return torch.from_numpy(p - rate * g), torch.from_numpy(s)
