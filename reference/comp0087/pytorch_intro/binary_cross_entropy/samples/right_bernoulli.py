# verdict: accepted
# about: the negative log-probability of a Bernoulli distribution
import torch


def binary_cross_entropy(f, y):
    return -torch.distributions.Bernoulli(probs=f).log_prob(y)
