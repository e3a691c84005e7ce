# verdict: wrong_answer
# diagnosis: input_changed
# about: moves the caller's x and leaves it there
import torch


def central_difference(f, x, eps):
    g = torch.zeros_like(x)
    for i in range(len(x)):
        x[i] += eps
        plus = f(x)
        x[i] -= 2 * eps
        minus = f(x)
        g[i] = (plus - minus) / (2 * eps)
    return g
