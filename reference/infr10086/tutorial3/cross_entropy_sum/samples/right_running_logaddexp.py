# verdict: accepted
# about: adds one class at a time with logaddexp
import torch


def cross_entropy_sum(w, x_i, y_i):
    s = w @ x_i
    out = s[0]
    for c in range(1, len(s)):
        out = torch.logaddexp(out, s[c])
    return out - s[y_i.item()]
