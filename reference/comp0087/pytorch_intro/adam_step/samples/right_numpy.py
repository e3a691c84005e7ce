# verdict: accepted
# about: NumPy arrays inside
import numpy as np
import torch


def adam_step(p, g, m, v, t, lr, beta1, beta2, eps):
    p, g, m, v = (np.array(x) for x in (p, g, m, v))
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * np.square(g)
    step = lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return tuple(torch.from_numpy(a) for a in (p - step, m, v))
