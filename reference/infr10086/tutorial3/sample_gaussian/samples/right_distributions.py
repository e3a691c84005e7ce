# verdict: accepted
# about: torch.distributions
import torch


def sample_gaussian(n, d, var_):
    sigma = torch.sqrt(torch.tensor(float(var_)))
    return torch.distributions.Normal(torch.zeros(d), sigma).sample((n,))
