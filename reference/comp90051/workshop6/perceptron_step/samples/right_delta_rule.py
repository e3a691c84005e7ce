# verdict: accepted
# about: half the difference of label and prediction is y after a mistake, else 0
import torch


def perceptron_step(w, x, y, eta):
    y_hat = 1.0 if float(w @ x) >= 0 else -1.0
    return w + eta * (y - y_hat) / 2 * x
