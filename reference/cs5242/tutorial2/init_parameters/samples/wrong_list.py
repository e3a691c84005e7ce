# verdict: runtime_error
# diagnosis: wrong_type
# about: a list of weights made with NumPy
import numpy as np
import torch


def init_parameters(d, device):
    w = list(np.random.randn(d))
    b = torch.randn(1, device=device, requires_grad=True)
    return w, b
