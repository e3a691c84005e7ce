# verdict: wrong_answer
# diagnosis: missing_gradient
# about: forgets the bias
from torch.nn.functional import softplus


def logistic_loss(w, b, x, y01):
    return softplus((1 - 2 * y01) * (x @ w)).sum()
