import torch
from torch.distributions import MultivariateNormal


def neg_log_likelihood(samples, mu, var_):
    covariance = torch.eye(samples.shape[1], dtype=samples.dtype) * var_
    return -MultivariateNormal(mu, covariance).log_prob(samples).mean()
