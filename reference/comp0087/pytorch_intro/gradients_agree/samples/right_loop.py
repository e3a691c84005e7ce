# verdict: accepted
# about: returns at the first entry that is off, with Python numbers
import torch


def gradients_agree(f, grad_f, x, eps, tol):
    claimed = grad_f(x)
    for i in range(len(x)):
        up, down = x.clone(), x.clone()
        up[i] += eps
        down[i] -= eps
        numeric = (f(up).item() - f(down).item()) / (2 * eps)
        if abs(claimed[i].item() - numeric) > tol:
            return False
    return True
