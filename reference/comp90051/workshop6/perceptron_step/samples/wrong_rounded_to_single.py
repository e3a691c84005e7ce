# verdict: partial
# diagnosis: wrong_value
# about: computes in float32 and converts back
import torch
def perceptron_step(w, x, y, eta):
    if (1 if w @ x >= 0 else -1) != y:
        return (w.float() + eta * y * x.float()).to(w.dtype)
    return w
