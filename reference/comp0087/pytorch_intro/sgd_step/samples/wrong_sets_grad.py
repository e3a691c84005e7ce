# verdict: partial
# diagnosis: input_changed
# about: leaves a gradient in p
import torch


def sgd_step(p, g, lr):
    p.grad = g
    return p - lr * p.grad
