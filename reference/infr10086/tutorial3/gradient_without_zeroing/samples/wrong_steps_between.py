# verdict: partial
# diagnosis: wrong_value
# about: an optimiser moves w between the passes
from torch import nn, optim


def gradient_without_zeroing(w, x_i, y_i, repeats):
    opt = optim.SGD([w], lr=0.1)
    for _ in range(repeats):
        nn.functional.cross_entropy(w @ x_i, y_i).backward()
        opt.step()
    return w.grad
