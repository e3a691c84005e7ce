# verdict: partial
# diagnosis: forbidden_operation
# about: the one-liner of the tutorial
import torch


def squared_distance_term(samples, mu, var_):
    n, d = samples.shape
    return 0.5 / var_ * torch.linalg.matrix_norm(samples - mu) ** 2 / n
