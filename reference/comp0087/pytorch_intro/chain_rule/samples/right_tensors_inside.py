# verdict: accepted
# about: a tensor in double precision for a number, and a product of tensors
import torch


def chain_rule(g, g_prime, f_prime, x):
    if not isinstance(x, torch.Tensor):
        x = torch.tensor(x, dtype=torch.float64)
    return torch.mul(f_prime(g(x)), g_prime(x))
