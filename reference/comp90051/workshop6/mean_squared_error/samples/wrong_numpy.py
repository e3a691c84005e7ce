# verdict: runtime_error
# diagnosis: exception
# about: NumPy on a tensor that requires a gradient
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    import numpy as np
    return torch.tensor(np.mean((y_hat.numpy() - y.numpy()) ** 2))
