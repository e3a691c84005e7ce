# verdict: partial
# diagnosis: wrong_value
# about: torch.sign(0) is 0, so a positive sample on the boundary counts as a mistake
import torch


def perceptron_step(w, x, y, eta):
    if torch.sign(w @ x) != y:
        return w + eta * y * x
    return w
