# verdict: accepted
# about: an interpolation between the square and the old average
import torch


def rmsprop_step(p, g, v, lr, alpha, eps):
    v = torch.lerp(g.square(), v, alpha)
    return torch.sub(p, g / (eps + v**0.5), alpha=lr), v
