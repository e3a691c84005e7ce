# verdict: partial
# about: single precision on the way
import torch.nn.functional as F


def logistic_loss(w, b, x, y01):
    scores = x.float() @ w.float() + b.float()
    return F.binary_cross_entropy_with_logits(scores, y01.float(), reduction="sum").to(x.dtype)
