# verdict: accepted
# about: numpy inside
import numpy as np
import torch


def perceptron_step(weights, sample, label, rate):
    a, b = weights.numpy(), sample.numpy()
    guess = 1 if np.dot(a, b) >= 0 else -1
    if guess == label:
        return weights
    return torch.from_numpy(a + np.asarray(rate * label * b, dtype=a.dtype))
