# verdict: accepted
# about: p(-1) as one minus p(+1), the indicator as a truth value
import torch


def indicator_cross_entropy(y, w, x):
    p = torch.sigmoid((w * x).sum())
    return (y == 1) * -p.log() + (y != 1) * -(1 - p).log()
