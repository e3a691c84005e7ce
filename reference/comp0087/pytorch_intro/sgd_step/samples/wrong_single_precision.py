# verdict: partial
# diagnosis: low_precision
# about: computes in float32 and converts back
import torch


def sgd_step(p, g, lr):
    return (p.float() - lr * g.float()).to(p.dtype)
