# verdict: accepted
# about: numpy arrays inside, a tensor for every call of f
import numpy as np
import torch


def forward_difference(f, x, eps):
    base = x.detach().numpy()
    f0 = float(f(torch.from_numpy(base.copy())))
    out = np.zeros(base.shape[0])
    for i in range(base.shape[0]):
        point = base.copy()
        point[i] = point[i] + eps
        out[i] = (float(f(torch.from_numpy(point))) - f0) / eps
    return torch.from_numpy(out)
