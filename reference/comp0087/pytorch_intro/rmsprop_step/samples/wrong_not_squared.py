# verdict: wrong_answer
# about: averages the sizes of the gradients
import torch


def rmsprop_step(p, g, v, lr, alpha, eps):
    v = alpha * v + (1 - alpha) * g.abs()
    return p - lr * g / (torch.sqrt(v) + eps), v
