# verdict: accepted
# about: einsum of the difference with itself
import torch


def squared_distance_term(samples, mu, var_):
    z = samples - mu
    return 0.5 / var_ * torch.einsum("ij,ij->", z, z) / len(samples)
