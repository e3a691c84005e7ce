# verdict: accepted
# about: math only; the exponent is never positive
import math


def two_class_log_loss(w, x_i):
    s0 = sum(float(a) * float(b) for a, b in zip(w[0], x_i))
    s1 = sum(float(a) * float(b) for a, b in zip(w[1], x_i))
    gap = s1 - s0
    if gap > 0:
        return gap + math.log1p(math.exp(-gap))
    return math.log1p(math.exp(gap))
