# verdict: accepted
# about: numpy's product, whose result is a numpy number
import numpy as np


def count_parameters(module):
    trainable = filter(lambda p: p.requires_grad, module.parameters())
    return np.sum([np.prod(p.size()) for p in trainable])
