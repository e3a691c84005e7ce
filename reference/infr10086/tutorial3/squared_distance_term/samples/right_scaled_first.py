# verdict: accepted
# about: scales the differences by the standard deviation before they are squared
import math

import torch


def squared_distance_term(samples, mu, var_):
    z = torch.sub(samples, mu).div(math.sqrt(2 * var_))
    return torch.pow(z, 2).sum(-1).mean()
