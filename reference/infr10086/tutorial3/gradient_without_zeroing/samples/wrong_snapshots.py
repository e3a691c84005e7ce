# verdict: wrong_answer
# about: the gradient after every pass
from torch import nn


def gradient_without_zeroing(w, x_i, y_i, repeats):
    grads = []
    for _ in range(repeats):
        nn.functional.cross_entropy(w @ x_i, y_i).backward()
        grads.append(w.grad.clone())
    return grads
