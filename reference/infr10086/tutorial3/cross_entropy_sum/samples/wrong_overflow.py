# verdict: partial
# about: exponentials of raw scores (in float32 they overflow at 89, so the tutorial's numbers are still right)
import torch


def cross_entropy_sum(w, x_i, y_i):
    e = torch.exp(w @ x_i)
    return -torch.log(e[y_i] / e.sum())
