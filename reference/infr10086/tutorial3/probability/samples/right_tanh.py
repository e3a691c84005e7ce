# verdict: accepted
# about: the hyperbolic tangent, moved and scaled
import torch


def probability(y, w, x):
    return 0.5 + 0.5 * torch.tanh(y * torch.dot(w, x) / 2)
