# verdict: accepted
# about: NumPy arrays, and a NumPy truth value
import numpy as np
import torch


def gradients_agree(f, grad_f, x, eps, tol):
    a = x.numpy()
    numeric = np.empty(len(a))
    for i in range(len(a)):
        h = np.zeros(len(a))
        h[i] = eps
        numeric[i] = (f(torch.from_numpy(a + h)).item() - f(torch.from_numpy(a - h)).item()) / eps / 2
    return np.max(np.abs(grad_f(x).numpy() - numeric)) <= tol
