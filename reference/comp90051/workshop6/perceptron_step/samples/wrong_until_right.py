# verdict: partial
# diagnosis: wrong_value
# about: repeats the step until the prediction is right
import torch
def perceptron_step(w, x, y, eta):
    for _ in range(100):
        if (1 if w @ x >= 0 else -1) != y:
            w = w + eta * y * x
    return w
