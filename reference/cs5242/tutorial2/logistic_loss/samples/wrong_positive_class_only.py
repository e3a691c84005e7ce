# verdict: wrong_answer
# about: forgets the samples of class 0
from torch.nn.functional import logsigmoid


def logistic_loss(w, b, x, y01):
    return -(y01 * logsigmoid(x @ w + b)).sum()
