# verdict: accepted
# about: moves x itself, forth and back, and lets numpy.testing compare
import numpy as np, torch
def gradients_agree(f, grad_f, x, eps, tol):
    num = []
    for i in range(len(x)):
        x[i] += eps
        p = float(f(x))
        x[i] -= 2 * eps
        m = float(f(x))
        x[i] += eps
        num.append((p - m) / (2 * eps))
    try:
        np.testing.assert_allclose(np.asarray(num), grad_f(x).detach().cpu().numpy(), rtol=0, atol=tol)
        return True
    except AssertionError:
        return False
