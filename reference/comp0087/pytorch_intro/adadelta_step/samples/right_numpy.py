# verdict: accepted
# about: NumPy arrays inside, u' from the squares without a root
import numpy as np
import torch


def adadelta_step(p, g, v, u, lr, rho, eps):
    p, g, v, u = (np.array(t) for t in (p, g, v, u))
    v = rho * v + (1 - rho) * g**2
    squared = (u + eps) / (v + eps) * g**2
    p = p - lr * np.sign(g) * np.sqrt(squared)
    return tuple(torch.from_numpy(a) for a in (p, v, rho * u + (1 - rho) * squared))
