# verdict: partial
# about: a column of scores against a vector of labels
from torch.nn.functional import softplus


def logistic_loss(w, b, x, y01):
    s = x @ w[:, None] + b
    return (softplus(s) - y01 * s).sum()
