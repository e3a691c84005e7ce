# verdict: partial
# diagnosis: wrong_shape
# about: shape (1,); the gradient of its sum is right
import torch


def probability(y, w, x):
    return torch.sigmoid(y * (w.unsqueeze(0) @ x))
