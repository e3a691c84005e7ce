# verdict: partial
# diagnosis: detached
# about: right values, computed in NumPy
import numpy as np
import torch


def hinge_loss(f, y):
    return torch.from_numpy(np.maximum(1 - y.numpy() * f.detach().numpy(), 0))
