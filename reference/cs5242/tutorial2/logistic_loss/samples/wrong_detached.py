# verdict: partial
# diagnosis: detached
# about: the right value without a graph
import torch
from torch.nn.functional import softplus


@torch.no_grad()
def logistic_loss(w, b, x, y01):
    return softplus((1 - 2 * y01) * (x @ w + b)).sum()
