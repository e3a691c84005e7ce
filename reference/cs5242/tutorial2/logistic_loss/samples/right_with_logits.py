# verdict: accepted
# about: the function of torch that takes scores
from torch.nn import functional


def logistic_loss(w, b, x, y01):
    return functional.binary_cross_entropy_with_logits(x @ w + b, y01, reduction="sum")
