# verdict: wrong_answer
# diagnosis: wrong_axis
# about: adds the quotients up to one number
import torch


def central_difference(f, x, eps):
    total = 0
    for i in range(len(x)):
        e = torch.zeros_like(x)
        e[i] = eps
        total = total + (f(x + e) - f(x - e)) / (2 * eps)
    return total
