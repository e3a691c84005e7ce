# verdict: accepted
# about: torch.mul, which takes Python numbers too
import torch


def chain_rule(g, g_prime, f_prime, x):
    return torch.mul(f_prime(g(x)), g_prime(x))
