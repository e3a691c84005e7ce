# verdict: partial
# about: cuts large scores off
from torch.nn import functional


def logistic_loss(w, b, x, y01):
    s = (x @ w + b).clamp(-50, 50)
    return functional.binary_cross_entropy_with_logits(s, y01, reduction="sum")
