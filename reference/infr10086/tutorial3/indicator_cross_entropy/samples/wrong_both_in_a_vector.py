# verdict: partial
# diagnosis: wrong_shape
# about: both terms in a vector, one of them 0; the gradient of the sum is right
import torch


def indicator_cross_entropy(y, w, x):
    score = torch.dot(w, x)
    losses = torch.nn.functional.softplus(torch.stack([-score, score]))
    return losses * torch.tensor([y == 1, y != 1])
