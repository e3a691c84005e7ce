# verdict: wrong_answer
# diagnosis: wrong_shape
# about: a result of shape (1,)
import torch


def chain_rule(g, g_prime, f_prime, x):
    x = torch.as_tensor(x, dtype=torch.float64 if isinstance(x, float) else None).reshape(1)
    return f_prime(g(x)) * g_prime(x)
