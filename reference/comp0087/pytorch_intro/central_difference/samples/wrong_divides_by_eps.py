# verdict: wrong_answer
# diagnosis: constant_factor
# about: divides by the step and not by the distance of the two points
import torch


def central_difference(f, x, eps):
    g = torch.zeros_like(x)
    for i in range(len(x)):
        e = torch.zeros_like(x)
        e[i] = eps
        g[i] = (f(x + e) - f(x - e)) / eps
    return g
