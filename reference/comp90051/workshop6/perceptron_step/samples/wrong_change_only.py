# verdict: partial
# about: returns the change of the weights
import torch


def perceptron_step(w, x, y, eta):
    y_hat = 1 if w @ x >= 0 else -1
    if y_hat != y:
        return eta * y * x
    return torch.zeros_like(w)
