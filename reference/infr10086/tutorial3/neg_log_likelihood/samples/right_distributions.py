# verdict: accepted
# about: asks torch.distributions
import torch


def neg_log_likelihood(samples, mu, var_):
    normal = torch.distributions.Normal(mu, torch.as_tensor(var_, dtype=mu.dtype).sqrt())
    return -normal.log_prob(samples).sum(dim=1).mean()
