# verdict: partial
# diagnosis: detached
# about: right values, computed in NumPy
import numpy as np
import torch


def logistic_loss(f, y):
    margins = y.numpy() * f.detach().numpy()
    return torch.from_numpy(np.logaddexp(0, -margins))
