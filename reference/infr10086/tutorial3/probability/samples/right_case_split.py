# verdict: accepted
# about: two branches by the sign of the margin, so that no exponent is positive
import torch


def probability(y, w, x):
    m = y * sum(w[i] * x[i] for i in range(w.shape[0]))
    if m < 0:
        e = torch.exp(m)
        return e / (1 + e)
    return 1 / (1 + torch.exp(-m))
