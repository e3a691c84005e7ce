# verdict: partial
# diagnosis: detached
# about: right values, computed in NumPy
import torch


def least_squares(f, y):
    error = f.detach().numpy() - y.numpy()
    return torch.from_numpy(error**2 / 2)
