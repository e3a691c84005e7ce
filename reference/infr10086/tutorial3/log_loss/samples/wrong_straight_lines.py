# verdict: partial
# diagnosis: wrong_value
# about: takes log(1 + exp(t)) for t above 4 and for 0 below -4
import torch


def log_loss(X, y, w):
    t = -y * (X @ w)
    bent = torch.log1p(torch.exp(t.clamp(-4.0, 4.0)))
    return torch.where(t > 4.0, t, torch.where(t < -4.0, 0.0 * t, bent)).sum()
