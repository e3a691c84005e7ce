# about: torch.distributions does the work
import torch
from torch.distributions import Independent, MultivariateNormal, Normal


def neg_log_likelihood(samples, mu, var_):
    scale = torch.as_tensor(var_, dtype=samples.dtype).sqrt()
    return -Independent(Normal(mu, scale.expand(mu.shape)), 1).log_prob(samples).mean()
