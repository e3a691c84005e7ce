# verdict: partial
# diagnosis: wrong_dtype
# about: always float32
import torch


def perceptron_step(w, x, y, eta):
    y_hat = 1 if w @ x >= 0 else -1
    return w.float() + (eta * y * x.float() if y_hat != y else 0.0)
