# verdict: wrong_answer
# diagnosis: sign
# about: the log-likelihood, to be maximised
from torch.nn.functional import softplus


def logistic_loss(w, b, x, y01):
    return -softplus((1 - 2 * y01) * (x @ w + b)).sum()
