# verdict: accepted
# about: one gradient by the formula (p - onehot) x^T, in numpy, times the number of passes
import numpy as np
import torch


def gradient_without_zeroing(w, x_i, y_i, repeats):
    W, x = w.detach().numpy(), x_i.numpy()
    s = W @ x
    p = np.exp(s - s.max())
    p /= p.sum()
    p[y_i.item()] -= 1
    return torch.from_numpy(repeats * np.outer(p, x))
