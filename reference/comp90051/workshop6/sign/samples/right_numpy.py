# verdict: accepted
# about: numpy inside
import numpy as np
import torch


def sign(scores):
    a = scores.detach().cpu().numpy()
    return torch.from_numpy(np.where(a >= 0, np.ones_like(a), -np.ones_like(a)))
