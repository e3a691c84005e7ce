# verdict: accepted
# about: a generator of NumPy, made once when the file is imported
import numpy as np
import torch

RNG = np.random.default_rng()


def make_inputs(n, d, device):
    return torch.from_numpy(RNG.standard_normal((n, d)).astype(np.float32)).to(device)
