# verdict: accepted
# about: one distribution over whole rows, with its d by d covariance matrix
import torch
from torch.distributions import MultivariateNormal


def sample_gaussian(n, d, var_):
    return MultivariateNormal(torch.zeros(d), var_ * torch.eye(d)).sample((n,))
