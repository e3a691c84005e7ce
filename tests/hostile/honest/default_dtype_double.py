# about: sets torch's default dtype, thread count, print options and anomaly detection, and converts back
import math

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
torch.set_printoptions(precision=10)
torch.autograd.set_detect_anomaly(True)
torch.manual_seed(0)


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    x, m, v = samples.double(), mu.double(), torch.as_tensor(var_).double()
    return (d / 2 * torch.log(2 * torch.tensor(math.pi) * v) + ((x - m) ** 2).sum() / (2 * v * n)).to(samples.dtype)
