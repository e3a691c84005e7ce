# verdict: wrong_answer
# about: adds the square up as Adagrad does
import torch


def rmsprop_step(p, g, v, lr, alpha, eps):
    v = v + g**2
    return p - lr * g / (torch.sqrt(v) + eps), v
