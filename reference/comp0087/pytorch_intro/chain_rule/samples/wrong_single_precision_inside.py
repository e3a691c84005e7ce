# verdict: partial
# diagnosis: wrong_value
# about: computes in float32 and converts back
import torch


def chain_rule(g, g_prime, f_prime, x):
    t = torch.as_tensor(x, dtype=torch.float32)
    slope = f_prime(g(t)) * g_prime(t)
    return slope.to(x.dtype) if torch.is_tensor(x) else slope.item()
