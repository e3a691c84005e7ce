# verdict: partial
# diagnosis: wrong_dtype
# about: a default tensor for every x: float64 becomes float32
import torch


def chain_rule(g, g_prime, f_prime, x):
    x = torch.tensor(float(x))
    return f_prime(g(x)) * g_prime(x)
