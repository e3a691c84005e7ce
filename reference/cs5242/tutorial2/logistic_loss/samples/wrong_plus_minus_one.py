# verdict: wrong_answer
# about: takes the labels for +1 and -1
from torch.nn.functional import softplus


def logistic_loss(w, b, x, y01):
    return softplus(-y01 * (x @ w + b)).sum()
