# verdict: accepted
# about: standard normal rows times the Cholesky factor of the covariance
import torch


def sample_gaussian(n, d, var_):
    factor = torch.linalg.cholesky(var_ * torch.eye(d, dtype=torch.float64))
    return torch.randn(n, d, dtype=torch.float64) @ factor.T
