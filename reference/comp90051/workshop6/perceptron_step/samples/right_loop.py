# verdict: accepted
# about: Python numbers and a list
import torch


def perceptron_step(w, x, y, eta):
    s = 0.0
    for a, b in zip(w.tolist(), x.tolist()):
        s += a * b
    wrong = (s >= 0) != (y > 0)
    out = []
    for a, b in zip(w.tolist(), x.tolist()):
        out.append(a + eta * y * b if wrong else a)
    return torch.tensor(out, dtype=w.dtype)
